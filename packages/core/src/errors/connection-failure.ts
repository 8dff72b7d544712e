import { causesOf } from "./causes-of.ts";
import { messageOf } from "./message-of.ts";

/** What a rejected `fetch`, or a body that broke off, tells. */
export interface ConnectionFailure {
  readonly failure: "timeout" | "network";
  /** The words of the innermost cause: `fetch` itself only says that it failed. */
  readonly reason: string;
  /** The innermost cause: what lies around it may carry a whole request. */
  readonly root: unknown;
  /** Whether there is nobody at that address. */
  readonly isUnanswered: boolean;
  /** Whether the address could not even be looked up: no server is missing, but the name is wrong, or the network is gone. */
  readonly isUnresolved: boolean;
}

/** Reads what happened to a connection out of the error that it gave. */
export function connectionFailureOf(error: unknown): ConnectionFailure {
  const { code, reason, root } = innermost(error);
  return {
    failure: /TIMEDOUT|_TIMEOUT/.test(code) ? "timeout" : "network",
    reason,
    root,
    isUnanswered: NOBODY_THERE.test(`${code} ${reason}`),
    isUnresolved: UNRESOLVED.test(`${code} ${reason}`),
  };
}

/** Whether an error, or what caused it, comes from the connection and not from the answer. */
export function isConnectionFailure(error: unknown): boolean {
  const { code, reason } = innermost(error);
  return /^(?:E[A-Z]+|UND_ERR_\w+|Connection\w+)$/.test(code) || /^(?:terminated|fetch failed)$/i.test(reason);
}

const NOBODY_THERE = /ECONNREFUSED|ConnectionRefused|connection refused|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN/i;

/** What platforms call it when the other side leaves in the middle of an answer. Nobody here has aborted anything. */
const BROKEN_OFF = /^(?:aborted|other side closed|premature close)$/i;

const UNRESOLVED = /ENOTFOUND|EAI_AGAIN/i;

function innermost(error: unknown): { readonly code: string; readonly reason: string; readonly root: unknown } {
  let code = "";
  let reason = "";
  let root = error;
  for (const layer of causesOf(error)) {
    root = layer;
    reason = textAt(layer, "message") || reason;
    code = textAt(layer, "code") || code;
  }
  return {
    code,
    reason: BROKEN_OFF.test(reason)
      ? "the server closed it before its answer was whole"
      : reason || code || messageOf(error),
    root,
  };
}

function textAt(layer: unknown, name: "message" | "code"): string {
  try {
    const text: unknown = typeof layer === "object" && layer !== null ? Reflect.get(layer, name) : "";
    return typeof text === "string" ? text : "";
  } catch {
    return "";
  }
}
