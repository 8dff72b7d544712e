import { parseRunRequest } from "@catenary/core";
import type { Command } from "../command/command.ts";
import { readArguments } from "../command/read-arguments.ts";
import { fileOf, readChainFile } from "./read-chain-file.ts";
import { showFindings } from "./show-findings.ts";

export const validateCommand: Command = {
  name: "validate",
  summary: "says everything that can be said about a chain without running it",
  usage: `Usage: catenary validate FILE [--json]

Reads a chain, or { input, inputType, chain }, in JSON or YAML; - reads the standard input. Ends with 1 where there are errors.

  --json   the findings as JSON
`,
  async run(args, around) {
    const given = readArguments(args, { json: { type: "boolean" } }, 1);
    const file = fileOf(given.positionals);
    const { findings } = parseRunRequest(await readChainFile(file, around));
    const errors = findings.filter(({ severity }) => severity === "error").length;
    const summary = `${file}: ${count(errors, "error")}, ${count(findings.length - errors, "warning")}\n`;
    around.output.write(
      given.isSet("json") ? `${JSON.stringify(findings, null, 2)}\n` : showFindings(findings) + summary,
    );
    return errors === 0 ? 0 : 1;
  },
};

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
