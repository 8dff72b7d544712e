import { CatenaryError, suggest } from "@catenary/core";
import { graphCommand } from "../chain-files/graph-command.ts";
import { runChainCommand } from "../chain-files/run-chain-command.ts";
import { validateCommand } from "../chain-files/validate-command.ts";
import { modelsCommand } from "../models/models-command.ts";
import { serveCommand } from "../serve/serve-command.ts";
import { VERSION } from "../version.ts";
import type { Command } from "./command.ts";
import type { Surroundings } from "./surroundings.ts";
import { UsageError } from "./usage-error.ts";

const COMMANDS: readonly Command[] = [serveCommand, validateCommand, graphCommand, runChainCommand, modelsCommand];

const USAGE = `Usage: catenary COMMAND

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`).join("\n")}

catenary COMMAND --help says more about one. catenary --version says which this is.
`;

/** Does what the command line says. Resolves to the exit code; never rejects. */
export async function runCommand(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    surroundings.output.write(USAGE);
    return name === undefined ? 2 : 0;
  }
  if (name === "--version" || name === "-v") {
    surroundings.output.write(`${VERSION}\n`);
    return 0;
  }
  const command = COMMANDS.find((known) => known.name === name);
  if (command === undefined) {
    const meant = suggest(
      name,
      COMMANDS.map((known) => known.name),
    );
    surroundings.errors.write(
      `There is no command ${name}.${meant === undefined ? "" : ` Did you mean ${meant}?`}\n\n${USAGE}`,
    );
    return 2;
  }
  if (wantsHelp(args)) {
    surroundings.output.write(command.usage);
    return 0;
  }
  try {
    return await command.run(args, surroundings);
  } catch (error) {
    surroundings.errors.write(`catenary ${name}: ${reasonOf(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function wantsHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  const flags = end === -1 ? args : args.slice(0, end);
  return flags.includes("--help") || flags.includes("-h");
}

/** What went wrong, without what looks like a key in it. What is none of ours is a fault of the program, so where it was is told too. */
function reasonOf(error: unknown): string {
  if (CatenaryError.isInstance(error)) return error.toJSON().message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
