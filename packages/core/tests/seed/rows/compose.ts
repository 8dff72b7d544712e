import { answer, differ, fail } from "./expectations.ts";
import { better, type Row } from "./row.ts";

export const COMPOSE: readonly Row[] = [
  better(
    "compose: two objects are json",
    differ({
      "print-sees-composed": { outputType: "json" },
      "compose-override-right-wins": { outputType: "json" },
      "compose-override-array": { outputType: "json" },
      "compose-override-empty-object-over-object": { outputType: "json" },
      "compose-override-empty-left": { outputType: "json" },
      "compose-override-empty-right": { outputType: "json" },
      "compose-override-with-self": { outputType: "json" },
      "compose-override-previous-output": { outputType: "json" },
      "compose-auto-maps": { outputType: "json" },
      "compose-auto-empty-strategy": { outputType: "json" },
      "compose-with-template-input": { outputType: "json" },
      "state-compose-merge-shares-map": { outputType: "json" },
      "compose-override-deep-three-levels": { outputType: "json" },
    }),
  ),
  better(
    "compose: merging needs two histories",
    fail("a", "compose_failed", [
      "compose-merge-left-string",
      "compose-merge-two-objects",
      "compose-merge-left-string-then-model",
      "compose-merge-two-strings-then-raw-string",
      "compose-merge-right-string",
    ]),
  ),
  better("compose: an OpenAI request is no history", fail("m", "compose_failed", ["compose-merge-openai-to-history"])),
  better(
    "compose: a text and a history append by themselves",
    answer({
      "compose-auto-chat-input-string-output": {
        output: {
          messages: [
            { id: "", role: "system", content: "S", timestamp: "<time>" },
            { id: "", role: "system", content: "be nice", timestamp: "<time>" },
            { id: "", role: "user", content: "hello", timestamp: "<time>" },
          ],
          model: "m1",
          inputTokens: 0,
          outputTokens: 0,
        },
        outputType: "chat_history",
        path: "a[noop]",
      },
    }),
  ),
  better(
    "compose: ids and tool calls survive",
    differ({
      "compose-merge-ids-and-tools-lost": {
        "output.messages[0].id": "m1",
        "output.messages[0].callTools": [{ id: "c", type: "function", function: { name: "f", arguments: {} } }],
        "output.messages[1].id": "m1",
        "output.messages[1].callTools": [{ id: "c", type: "function", function: { name: "f", arguments: {} } }],
      },
    }),
  ),
  better(
    "compose: histories that continue each other merge without repeats",
    differ({
      "compose-merge-result-feeds-model": {
        "output.messages": [
          { id: "", role: "user", content: "hi", timestamp: "<time>" },
          { id: "", role: "assistant", content: "yo", timestamp: "<time>" },
          { id: "", role: "assistant", content: "again", timestamp: "<time>" },
        ],
        "output.inputTokens": 2,
        "modelCalls[1].messages": [
          { role: "user", content: "hi" },
          { role: "assistant", content: "yo" },
        ],
      },
    }),
  ),
  better(
    "compose: nothing is changed in place",
    differ({
      "compose-override-mutates-earlier-task": { output: '{"a":1} {"b":2} {"a":1,"b":2}' },
    }),
  ),
];
