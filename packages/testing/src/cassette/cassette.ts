import type { Backend, BackendModel, Json, JsonObject } from "@catenary/core";
import type { RecordedError } from "./recorded-error.ts";

/** Calls of a backend's models with what came of them, as plain data without secrets. */
export interface Cassette {
  /** Of this format. */
  readonly version: 1;
  readonly backend: Pick<Backend, "id" | "type" | "name">;
  /** What `listModels` told. */
  readonly models: readonly BackendModel[];
  /** In the order in which they were made. */
  readonly calls: readonly CassetteCall[];
}

/** One call: what was asked, and what came of it. */
export interface CassetteCall {
  readonly kind: "generate" | "stream" | "embed";
  readonly model: string;
  /** Everything that decides the answer: prompt or texts, settings, tools, the shape of the answer. */
  readonly request: JsonObject;
  /** The whole answer of a call that does not stream. */
  readonly result?: Json;
  /** The parts of a stream, as far as they were read. */
  readonly parts?: readonly Json[];
  /** What the call, or after its parts the stream, failed with. */
  readonly error?: RecordedError;
  /** The caller gave up. */
  readonly aborted?: true;
}

/** What came of a call. */
export type CallEnd = Pick<CassetteCall, "result" | "parts" | "error" | "aborted">;
