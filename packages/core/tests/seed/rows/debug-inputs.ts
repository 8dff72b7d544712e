import { printInputsAsJson } from "./expectations.ts";
import { free, type Row } from "./row.ts";

export const DEBUG_INPUTS: readonly Row[] = [
  free(
    "debug: the input of model_execution",
    printInputsAsJson("object", [
      "model-execution-whitespace-only-reply",
      "model-execution-system-instruction-present-later",
      "model-execution-system-text-as-user-role",
      "model-execution-config-models",
      "model-execution-config-providers-one-unknown",
      "model-execution-config-tool-fields-ignored",
      "model-execution-output-tokens-replaced",
      "model-execution-empty-messages-with-system",
      "model-execution-unicode",
      "model-execution-tool-calls-two-with-text",
      "model-execution-openai-chat-model-routes",
      "model-execution-openai-chat-system-instruction",
      "model-execution-openai-chat-null-content",
      "model-execution-branch-executed",
      "model-execution-retry-after-500",
    ]),
  ),
  free(
    "debug: other conversations and objects as input",
    printInputsAsJson("object", [
      "raw-string-input-chat-history",
      "parse-number-input-chat-history",
      "parse-key-value-input-chat-history",
      "embedding-input-chat-history",
      "embedding-input-openai-chat",
      "hook-input-any",
      "hook-input-chat-history",
      "hook-into-noop",
      "hook-after-parse-key-value",
      "state-input-map-dump",
      "state-input-openai-dump",
      "noop-input-openai-chat-response",
      "hook-input-openai-chat-response",
    ]),
  ),
  free("debug: vectors as input", printInputsAsJson("array", ["noop-input-vector", "hook-input-vector"])),
];
