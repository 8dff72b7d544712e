import type { ComposeStrategy } from "../../chain/chain.ts";
import { CatenaryError } from "../../errors/catenary-error.ts";
import type { TypedValue } from "../../value/typed-value.ts";
import { appendString } from "./append-string.ts";
import { isHistory, isObject, isText } from "./kinds.ts";
import { joinChatHistories, mergeChatHistories } from "./merge-chat-histories.ts";
import { override } from "./override.ts";

/**
 * Combines a task's output with a variable. The variable's values win where both are objects; its messages come first
 * where both are histories. Neither value is changed. `at` stamps a message that is made here.
 */
export function compose(
  output: TypedValue,
  variable: TypedValue,
  strategy: ComposeStrategy | undefined,
  at: number,
): TypedValue {
  switch (strategy) {
    case "override":
      return override(output, variable);
    case "merge_chat_histories":
      return mergeChatHistories(output, variable);
    case "append_string_to_chat_history":
      return appendString(output, variable, at);
    case undefined:
      return composeByKind(output, variable, at);
  }
}

function composeByKind(output: TypedValue, variable: TypedValue, at: number): TypedValue {
  if (isHistory(output) && isHistory(variable)) return joinChatHistories(output, variable);
  if (isObject(output) && isObject(variable)) return override(output, variable);
  if ((isHistory(output) && isText(variable)) || (isText(output) && isHistory(variable)))
    return appendString(output, variable, at);
  throw new CatenaryError(
    "compose_failed",
    `cannot combine an output of type ${output.type} with a variable of type ${variable.type}: two objects, two chat histories, or a string and a chat history can be combined`,
  );
}
