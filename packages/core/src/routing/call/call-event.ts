import type { ErrorData } from "../../errors/error-data.ts";
import type { RouteRecord } from "../../value/route-record.ts";
import type { Usage } from "../../value/usage.ts";
import type { RoutedCall } from "./journey.ts";

export type CallEventKind = "call_completed" | "call_failed" | "call_cancelled";

/** How a model call went that belongs to no run: a prompt, a conversation, an embedding, or one of a model that the router is. */
export interface CallEvent {
  readonly kind: CallEventKind;
  /** When it was over, in milliseconds since the Unix epoch. */
  readonly at: number;
  readonly call: "prompt" | "chat" | "embed" | "model" | "embedding_model";
  /** Who answered, or was asked last. Absent where nobody was asked. */
  readonly model?: string;
  readonly backend?: string;
  readonly provider?: string;
  readonly usage?: Usage;
  readonly durationMs: number;
  readonly route: RouteRecord;
  /** Absent where it was answered. */
  readonly error?: ErrorData;
}

/** The names under which they are heard. */
export type CallEventMap = { readonly [Kind in CallEventKind]: CallEvent & { readonly kind: Kind } };

export function callEvent(call: CallEvent["call"], routed: RoutedCall, at: number): CallEvent {
  const { model, backend, provider, usage, durationMs, route, error } = routed;
  return {
    kind: kindOf(error),
    at,
    call,
    ...(model !== undefined && { model }),
    ...(backend !== undefined && { backend }),
    ...(provider !== undefined && { provider }),
    ...(usage !== undefined && { usage }),
    durationMs,
    route,
    ...(error !== undefined && { error }),
  };
}

function kindOf(error: ErrorData | undefined): CallEventKind {
  if (error === undefined) return "call_completed";
  return error.failure === "cancelled" ? "call_cancelled" : "call_failed";
}
