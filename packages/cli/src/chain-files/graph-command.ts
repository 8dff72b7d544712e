import { toMermaid } from "@catenary/core";
import type { Command } from "../command/command.ts";
import { readArguments } from "../command/read-arguments.ts";
import { chainIn } from "./chain-in.ts";
import { fileOf, readChainFile } from "./read-chain-file.ts";

export const graphCommand: Command = {
  name: "graph",
  summary: "draws a chain as a Mermaid flowchart",
  usage: `Usage: catenary graph FILE

Reads a chain, or { input, inputType, chain }, in JSON or YAML; - reads the standard input. Faulty chains are drawn too.
`,
  async run(args, around) {
    const { positionals } = readArguments(args, {}, 1);
    around.output.write(`${toMermaid(chainIn(await readChainFile(fileOf(positionals), around)))}\n`);
    return 0;
  },
};
