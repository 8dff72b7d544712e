import { toMermaid, validateChain } from "@catenary/core";
import type { Command } from "../command/command.ts";
import { readArguments } from "../command/read-arguments.ts";
import { chainIn } from "./chain-in.ts";
import { fileOf, readChainFile } from "./read-chain-file.ts";
import { showFindings } from "./show-findings.ts";

export const graphCommand: Command = {
  name: "graph",
  summary: "draws a chain as a Mermaid flowchart",
  usage: `Usage: catenary graph FILE

Reads a chain, or { input, inputType, chain }, in JSON or YAML; - reads the standard input. Faulty chains are drawn too: what is wrong
with them is told on the standard error, and the command ends with 1.
`,
  async run(args, around) {
    const { positionals } = readArguments(args, {}, 1);
    const chain = chainIn(await readChainFile(fileOf(positionals), around));
    around.output.write(`${toMermaid(chain)}\n`);
    const errors = validateChain(chain).filter(({ severity }) => severity === "error");
    around.errors.write(showFindings(errors));
    return errors.length > 0 ? 1 : 0;
  },
};
