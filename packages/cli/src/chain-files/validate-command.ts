import { createRuntime, type Finding, parseRunRequest, type ValidateOptions, validateChain } from "@catenary/core";
import type { Command } from "../command/command.ts";
import { readArguments } from "../command/read-arguments.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { loadConfig } from "../config/load-config.ts";
import { runtimeParts } from "../config/runtime-parts.ts";
import { chainIn } from "./chain-in.ts";
import { fileOf, readChainFile } from "./read-chain-file.ts";
import { showFindings } from "./show-findings.ts";

const FLAGS = {
  config: { type: "string" },
  hook: { type: "string", multiple: true },
  strict: { type: "boolean" },
  json: { type: "boolean" },
} as const;

const ELSEWHERE =
  "a hook that is registered elsewhere, such as over REST, is known where it is given: catenary validate FILE --hook NAME\n";

export const validateCommand: Command = {
  name: "validate",
  summary: "says everything that can be said about chains without running them",
  usage: `Usage: catenary validate FILE... [FLAGS]

Reads chains, or { input, inputType, chain }, in JSON or YAML; - reads the standard input. Handlers that there are not are errors.
With a configuration so are hooks; without one it is not known which there are.

  --config FILE  hooks, handlers, policies and groups in code. Default catenary.config.ts, .js or .mjs, where there is one
  --hook NAME    a hook that is registered elsewhere. May be repeated
  --strict       warnings count as errors
  --json         the findings as one list in JSON, each with its file

Ends with 0 where nothing is wrong, with 1 where there are errors, and with 2 where a file or the configuration cannot be read.
`,
  async run(args, around) {
    const given = readArguments(args, FLAGS, Number.POSITIVE_INFINITY);
    const files = given.positionals.length === 0 ? [fileOf(given.positionals)] : given.positionals;
    const known = await namesOf(around, given.text("config"), given.texts("hook"));
    const all: (Finding & { readonly file: string })[] = [];
    // Everything is read before anything is told, so that a file that is none does not leave half a report.
    for (const file of files) {
      const findings = findingsIn(await readChainFile(file, around), known);
      all.push(...findings.map((finding) => ({ ...finding, file })));
    }
    if (given.isSet("json")) around.output.write(`${JSON.stringify(all, null, 2)}\n`);
    else for (const file of files) around.output.write(reportOf(file, all));
    if (all.some(({ code }) => code === "unknown_hook")) around.errors.write(ELSEWHERE);
    return all.some(({ severity }) => severity === "error" || given.isSet("strict")) ? 1 : 0;
  },
};

/** What chains can name. Models are not asked for: nothing is called here. */
async function namesOf(
  { folder }: Surroundings,
  configFile: string | undefined,
  elsewhere: readonly string[],
): Promise<ValidateOptions> {
  const { config, path } = await loadConfig(folder, configFile);
  const runtime = createRuntime(runtimeParts(config));
  try {
    const { handlers, hooks, policies } = runtime.knownNames();
    const isKnown = path !== undefined || elsewhere.length > 0;
    // Groups and the models of backends are mostly registered while a server runs.
    return { handlers, policies, ...(isKnown && { hooks: [...hooks, ...elsewhere] }) };
  } finally {
    await runtime.close();
  }
}

function findingsIn(content: unknown, known: ValidateOptions): readonly Finding[] {
  const chain = chainIn(content);
  const findings = validateChain(chain, known);
  if (chain === content) return findings;
  const around = parseRunRequest(content).findings.filter(({ path }) => !path.startsWith("$.chain"));
  return [...around, ...findings.map((finding) => ({ ...finding, path: finding.path.replace("$", "$.chain") }))];
}

function reportOf(file: string, all: readonly (Finding & { readonly file: string })[]): string {
  const findings = all.filter((finding) => finding.file === file);
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return `${showFindings(findings)}${file}: ${count(errors, "error")}, ${count(findings.length - errors, "warning")}\n`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
