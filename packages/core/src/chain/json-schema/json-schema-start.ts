import { FAILURE_CLASSES } from "../../errors/failure-class.ts";
import type { JsonObject } from "../../value/json.ts";
import { COMPOSE_STRATEGIES, OPERATORS } from "../chain.ts";
import { handlerNames } from "../wire/spelling.ts";
import { fieldHolds, objectOrNull, requireField, when } from "./json-schema-parts.ts";

/**
 * What only the first task is held to. Every run comes to it, so whatever is wrong with it is an error; with a task that no
 * run comes to it is not, and which those are no schema can say.
 */
export function startTaskSchema(): JsonObject {
  return {
    type: "object",
    allOf: [
      { $ref: "#/$defs/task" },
      requireField("task", "handler"),
      ...fieldHolds("handler", TEXT),
      ...fieldHolds("timeout", DURATION),
      ...fieldHolds("retry", objectOrNull([...fieldHolds("backoff", DURATION), ...fieldHolds("on", FAILURES)])),
      ...fieldHolds(
        "executeConfig",
        objectOrNull(fieldHolds("routing", objectOrNull(fieldHolds("deadline", DURATION)))),
      ),
      ...fieldHolds("output", { anyOf: [{ type: "null" }, { $ref: "#/$defs/jsonSchema" }] }),
      ...fieldHolds("compose", objectOrNull(COMPOSE)),
      ...fieldHolds("transition", objectOrNull(fieldHolds("branches", { type: ["array", "null"], items: BRANCH }))),
      when(handlerIs("condition_key"), {
        allOf: [
          requireField("task", "validConditions"),
          ...fieldHolds("validConditions", { type: "object", minProperties: 1 }),
        ],
      }),
      when(handlerIs("hook"), { allOf: [requireField("task", "hook"), ...fieldHolds("hook", HOOK)] }),
    ],
  };
}

/** True of a task whose handler is one of these, by any of their names. A pattern, because editors offer the words of a list. */
export function handlerIs(...names: readonly string[]): JsonObject {
  return {
    type: "object",
    properties: { handler: { type: "string", pattern: `^(?:${names.flatMap(handlerNames).join("|")})$` } },
    required: ["handler"],
  };
}

const TEXT = { type: "string", minLength: 1 };

/** Empty says nothing. A minus sign is right before nothing but zeros. */
const DURATION = {
  type: ["string", "null"],
  pattern: durationPattern(),
  examples: ["30s", "500ms", "1h30m"],
};

function durationPattern(): string {
  const unit = "(?:ns|us|µs|μs|ms|s|m|h)";
  const part = String.raw`(?:\d+\.?\d*|\.\d+)${unit}`;
  const zero = String.raw`(?:0+\.?0*|\.0+)${unit}`;
  return String.raw`^(?:|[+-]?0|\+?(?:${part})+|-(?:${zero})+)$`;
}

const FAILURES = { type: ["array", "null"], items: { enum: FAILURE_CLASSES } };

const COMPOSE = [
  requireField("compose", "withVar"),
  ...fieldHolds("withVar", TEXT),
  ...fieldHolds("strategy", { enum: [...COMPOSE_STRATEGIES, "", null] }),
];

const BRANCH = {
  type: "object",
  allOf: [requireField("branch", "operator"), ...fieldHolds("operator", { enum: OPERATORS })],
};

const HOOK = { type: "object", allOf: [requireField("hook", "name"), ...fieldHolds("name", TEXT)] };
