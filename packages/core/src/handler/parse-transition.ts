import { CatenaryError } from "../errors/catenary-error.ts";
import { trimReply } from "../value/trim-reply.ts";
import { extractPrompt } from "./extract-prompt.ts";
import type { Handler } from "./handler.ts";

/** Reads a command such as `/help me`: the outcome is `help`, or `pass` for any other text. The input goes on untouched. */
export const parseTransition: Handler = {
  execute(context) {
    return { output: context.input, outcome: commandIn(extractPrompt(context)) };
  },
};

function commandIn(text: string): string {
  if (text === "") return "";
  const trimmed = trimReply(text);
  if (!trimmed.startsWith("/")) return "pass";
  const [command = ""] = trimmed.slice(1).split(END_OF_COMMAND, 1);
  if (command !== "") return command;
  throw new CatenaryError(
    "command_empty",
    "a slash was found without a command behind it: expected text such as /help",
  );
}

const END_OF_COMMAND = /[ \t\r\n]/;
