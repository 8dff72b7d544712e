import { FAILURE_CLASSES } from "../../errors/failure-class.ts";
import type { Field } from "./field.ts";

/** Which model a task calls, and how. */
export const EXECUTE_CONFIG_FIELDS = [
  { name: "model", value: { is: "text" }, written: "always", doc: "The name of the model." },
  { name: "models", value: { is: "texts" }, emptyIsAbsent: true, doc: "Further models, in order of preference." },
  { name: "provider", value: { is: "text" }, doc: "A backend's type, such as `ollama` or `openai`." },
  { name: "providers", value: { is: "texts" }, emptyIsAbsent: true, doc: "Further types of backend." },
  { name: "temperature", value: { is: "number" }, doc: "How freely the model chooses its words; 0 is the least." },
  { name: "maxTokens", value: { is: "integer" }, doc: "The largest number of tokens that the model may write." },
  { name: "topP", value: { is: "number" }, doc: "Nucleus sampling: the share of probability that is considered." },
  { name: "stop", value: { is: "texts" }, emptyIsAbsent: true, doc: "Texts that end the reply." },
  { name: "seed", value: { is: "integer" }, doc: "Makes sampling repeatable where the model can." },
  { name: "presencePenalty", value: { is: "number" }, doc: "Lowers the chance of words that occurred." },
  { name: "frequencyPenalty", value: { is: "number" }, doc: "Lowers the chance of words by how often they occurred." },
  { name: "routing", value: { is: "shape", shape: "routing" }, doc: "How a model is chosen among the candidates." },
] as const satisfies readonly Field[];

export const ROUTING_FIELDS = [
  {
    name: "policy",
    value: { is: "text" },
    doc: "The name of the policy that chooses. Default: the group's, else the runtime's.",
  },
  {
    name: "group",
    value: { is: "text" },
    doc: "An affinity group, by id or name. The call never leaves it, but for an overflow that the group declares. Default: every backend.",
  },
  { name: "purpose", value: { is: "text" }, doc: "Instead of a group: what it is for. All groups of this purpose." },
  {
    name: "session",
    value: { is: "text" },
    doc: "Calls of one session go to the same candidate as long as that costs little.",
  },
  { name: "sticky", value: { is: "boolean" }, doc: "Whether the calls of one run are a session. Default false." },
  {
    name: "deadline",
    value: { is: "text", syntax: "duration" },
    doc: "How long a step may try, over all its model calls. Default `10m`.",
  },
  {
    name: "attempts",
    value: { is: "integer" },
    doc: "How many model calls a step may make in all. Default: the larger of 3 and `retry_on_failure` + 1.",
  },
] as const satisfies readonly Field[];

export const RETRY_FIELDS = [
  {
    name: "max",
    value: { is: "integer" },
    required: true,
    written: "always",
    doc: "Further attempts after the first.",
  },
  {
    name: "backoff",
    value: { is: "text", syntax: "duration" },
    doc: "The pause before the first retry; it doubles with each further one, up to 30 s. Default `500ms`.",
  },
  {
    name: "jitter",
    value: { is: "boolean" },
    doc: "Whether the pause is drawn uniformly between 0 and its value. Default true.",
  },
  {
    name: "on",
    value: { is: "texts", oneOf: FAILURE_CLASSES },
    doc: "Which kinds of failure are tried again. Default: all that can pass.",
  },
] as const satisfies readonly Field[];
