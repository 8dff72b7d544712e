import {
  type Chain,
  ChainInvalidError,
  createRuntime,
  type DataType,
  parseRunRequest,
  type Runtime,
  type StepRecord,
} from "@catenary/core";
import { ollama } from "@catenary/ollama";
import type { Command } from "../command/command.ts";
import { readArguments } from "../command/read-arguments.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { loadConfig } from "../config/load-config.ts";
import { runtimeParts } from "../config/runtime-parts.ts";
import { knownTypes, withKnownProviders } from "../serve/known-providers.ts";
import { readEnvironment } from "../serve/read-environment.ts";
import { fileOf, readChainFile } from "./read-chain-file.ts";
import { showFindings } from "./show-findings.ts";

const FLAGS = {
  input: { type: "string" },
  model: { type: "string" },
  config: { type: "string" },
  steps: { type: "boolean" },
} as const;

export const runChainCommand: Command = {
  name: "run",
  summary: "runs a chain once, and prints its output",
  usage: `Usage: catenary run FILE [FLAGS]

Reads a chain, or { input, inputType, chain }, in JSON or YAML; - reads the standard input.

  --input TEXT   what the chain is given, instead of the file's input
  --model NAME   the model of tasks that name none
  --config FILE  backends and hooks in code. Default catenary.config.ts, .js or .mjs, where there is one
  --steps        tell each step, on the standard error

Without backends in a configuration an Ollama is used: at OLLAMA_BACKEND_URL, else OLLAMA_HOST, else on this machine.
`,
  async run(args, around) {
    const given = readArguments(args, FLAGS, 1);
    const file = fileOf(given.positionals);
    const request = parseRunRequest(await readChainFile(file, around));
    const { chain, findings, inputType } = request;
    if (chain === undefined) throw new ChainInvalidError(file, findings);
    around.errors.write(showFindings(findings));
    const runtime = await openRuntime(around, given.text("config"), given.text("model"));
    if (given.isSet("steps")) tellSteps(runtime, around);
    try {
      const input = given.text("input") ?? request.input ?? "";
      return await runOnce(runtime, chain, { input, ...(inputType !== undefined && { inputType }) }, around);
    } finally {
      await runtime.close();
    }
  },
};

async function openRuntime(
  around: Surroundings,
  configFile: string | undefined,
  model: string | undefined,
): Promise<Runtime> {
  const { config } = await loadConfig(around.folder, configFile);
  const { ollamaUrl, defaults } = readEnvironment(around.environment);
  const { backends = [ollama(ollamaUrl === undefined ? {} : { baseUrl: ollamaUrl })] } = config;
  return createRuntime({
    ...runtimeParts(config),
    backends,
    defaults: {
      ...config.defaults,
      ...withKnownProviders(defaults, knownTypes(config)),
      ...(model !== undefined && { model }),
    },
  });
}

function tellSteps(runtime: Runtime, { errors }: Surroundings): void {
  const tell = ({ taskId, handler, outcome, durationMs, model, error }: StepRecord) => {
    const by = model === undefined ? "" : ` by ${model}`;
    const came = error === undefined ? outcome : `failed: ${error.message}`;
    errors.write(`${taskId} (${handler}${by}, ${durationMs} ms): ${came}\n`);
  };
  runtime.on("step_completed", ({ step }) => tell(step));
  runtime.on("step_failed", ({ step }) => tell(step));
  runtime.on("step_retrying", ({ step }) => tell(step));
}

interface Given {
  readonly input: unknown;
  readonly inputType?: DataType;
}

async function runOnce(
  runtime: Runtime,
  chain: Chain,
  { input, inputType }: Given,
  around: Surroundings,
): Promise<number> {
  const options = { signal: around.stop, ...(inputType !== undefined && { inputType }) };
  const result = await runtime.start(chain, input, options).result();
  if (result.status === "ok") {
    const { output } = result;
    around.output.write(`${typeof output === "string" ? output : JSON.stringify(output, null, 2)}\n`);
    return 0;
  }
  const why = result.status === "failed" ? result.error.message : result.status;
  around.errors.write(`the run did not end well: ${why}\n`);
  return 1;
}
