import { APICallError } from "@ai-sdk/provider";
import type { FailureClass, JsonObject } from "@catenary/core";
import { CatenaryError, ModelError } from "@catenary/core";
import { isRecord } from "../is-record.ts";
import { toJson } from "./to-json.ts";

/** What is kept of an error: enough for everybody above to see the same failure again. */
export interface RecordedError {
  readonly name: string;
  readonly message: string;
  /** The system's code of a broken connection, or an error of Catenary's. */
  readonly code?: string;
  /** Only of Catenary's errors. */
  readonly failure?: FailureClass;
  readonly details?: JsonObject;
  /** The HTTP status. */
  readonly statusCode?: number;
  readonly isRetryable?: boolean;
  /** Only what the server says about trying again. */
  readonly responseHeaders?: Readonly<Record<string, string>>;
  readonly cause?: RecordedError;
}

/** How many causes are kept. A cause may lead back to its own effect. */
const MOST_CAUSES = 5;

export function recordError(error: unknown, causesLeft = MOST_CAUSES): RecordedError {
  if (typeof error !== "object" || error === null) return { name: "Error", message: String(error) };
  const code: unknown = Reflect.get(error, "code");
  const statusCode: unknown = Reflect.get(error, "statusCode") ?? Reflect.get(error, "status");
  const isRetryable: unknown = Reflect.get(error, "isRetryable");
  const cause: unknown = Reflect.get(error, "cause");
  const responseHeaders = retryHeaders(Reflect.get(error, "responseHeaders"));
  return {
    name: textAt(error, "name") ?? "Error",
    message: textAt(error, "message") ?? "",
    ...(typeof code === "string" && { code }),
    ...(typeof statusCode === "number" && { statusCode }),
    ...(typeof isRetryable === "boolean" && { isRetryable }),
    ...(responseHeaders !== undefined && { responseHeaders }),
    ...(CatenaryError.isInstance(error) && {
      failure: error.failure,
      // Safe: made of a record.
      details: toJson({ ...error.details }) as JsonObject,
    }),
    ...(cause !== undefined && cause !== null && causesLeft > 0 && { cause: recordError(cause, causesLeft - 1) }),
  };
}

/** An error that has what was recorded, where it is looked for. */
export function replayError(recorded: RecordedError): Error {
  const { name, message, code, failure, statusCode, isRetryable, responseHeaders } = recorded;
  const cause = recorded.cause && replayError(recorded.cause);
  if (failure !== undefined) return ownError(recorded, failure, cause);
  if (statusCode !== undefined) {
    return new APICallError({
      message,
      url: "cassette:",
      requestBodyValues: {},
      statusCode,
      cause,
      ...(responseHeaders !== undefined && { responseHeaders }),
      ...(isRetryable !== undefined && { isRetryable }),
    });
  }
  const error = new Error(message, cause === undefined ? undefined : { cause });
  error.name = name;
  return code === undefined ? error : Object.assign(error, { code });
}

/** An error of Catenary's. Those of models have more to tell than their details. */
function ownError(recorded: RecordedError, failure: FailureClass, cause: Error | undefined): CatenaryError {
  const { message, code = "model_failed", details = {} } = recorded;
  if (code !== "model_failed") return new CatenaryError(code, message, { failure, details, cause });
  const { backend, model, status, retryAfterMs } = details;
  return new ModelError(message, {
    failure,
    cause,
    ...(typeof backend === "string" && { backend }),
    ...(typeof model === "string" && { model }),
    ...(typeof status === "number" && { status }),
    ...(typeof retryAfterMs === "number" && { retryAfterMs }),
  });
}

function retryHeaders(headers: unknown): Readonly<Record<string, string>> | undefined {
  if (!isRecord(headers)) return undefined;
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    /^retry-after(-ms)?$/i.test(name) ? [[name.toLowerCase(), String(value)] as const] : [],
  );
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function textAt(error: object, field: string): string | undefined {
  const value: unknown = Reflect.get(error, field);
  return typeof value === "string" ? value : undefined;
}
