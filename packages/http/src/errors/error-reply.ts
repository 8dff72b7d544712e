import { CatenaryError } from "@catenary/core";
import type { JsonReply } from "../reply.ts";
import type { Operation } from "../route.ts";
import { errorNamesOf } from "./error-names.ts";
import { HttpError } from "./http-error.ts";
import { statusOf } from "./status-of.ts";
import { storeTroubleOf } from "./store-trouble.ts";

/** The body of every error. */
export interface ErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param?: string;
    readonly code: string;
  };
}

/** What a thrown value is answered with. Never has a stack, nor the message of what nobody meant to throw. */
export function errorReply(error: unknown, operation: Operation): JsonReply {
  const status = statusOf(error, operation);
  const { param, code, headers } = extrasOf(error);
  return {
    status,
    json: errorBody(status, messageFor(error), {
      ...(param !== undefined && { param }),
      ...(code !== undefined && { code }),
    }),
    ...(headers !== undefined && { headers }),
  };
}

export function errorBody(
  status: number,
  message: string,
  { param, code }: { readonly param?: string; readonly code?: string } = {},
): ErrorBody {
  const names = errorNamesOf(status);
  return { error: { message, type: names.type, ...(param !== undefined && { param }), code: code ?? names.code } };
}

function messageFor(error: unknown): string {
  if (!CatenaryError.isInstance(error)) return "internal error: the server's log says more under this request's id";
  // As data its message has no keys in it.
  return storeTroubleOf(error.code)?.message ?? error.toJSON().message;
}

interface Extras {
  readonly param?: string | undefined;
  readonly code?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

function extrasOf(error: unknown): Extras {
  if (error instanceof HttpError) return { param: error.param, code: error.bodyCode, headers: error.headers };
  if (!CatenaryError.isInstance(error) || storeTroubleOf(error.code) === undefined) return {};
  return { code: error.code };
}
