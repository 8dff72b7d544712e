import { answer, better, differ, refuse } from "./expectations.ts";
import type { Row } from "./row.ts";

export const REQUESTS: readonly Row[] = [
  better(
    "requests: whoever sends a malformed one is told so",
    refuse(400, {
      "error-empty-body": [5, 7],
      "error-array-body": [5, 7],
      "error-string-body": [5, 7],
      "execute-empty-prompt": [3],
      "tasks-bad-input-type": [0, 1, 2],
      "validate-malformed-json": [0],
      "validate-empty-body": [0],
      "validate-body-array": [0],
      "convert-number-too-large": [0],
    }),
  ),
  better(
    "requests: a wrong content type is named",
    refuse(415, { "error-content-type-text": [5, 7], "error-content-type-malformed": [1] }),
  ),
  better(
    "requests: YAML has the names that JSON has",
    answer({ "tasks-yaml-body": "hi", "tasks-yaml-lowercase-keys": "hi" }),
  ),
  better(
    "requests: a model that fails to embed is no fault of the client",
    differ({
      "embed-model-fails": {
        "steps[0].status": 502,
        "steps[0].body.error.type": "api_error",
        "steps[0].body.error.code": "upstream_error",
      },
    }),
  ),
];
