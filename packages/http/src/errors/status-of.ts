import { CatenaryError } from "@catenary/core";
import type { Operation } from "../route.ts";
import { HttpError } from "./http-error.ts";
import { storeTroubleOf } from "./store-trouble.ts";

/** What a cause says by itself, whatever was asked for. */
const BY_CODE: ReadonlyMap<string, number> = new Map([
  ["not_found", 404],
  ["already_exists", 409],
  ["invalid_entry", 422],
  ["internal_entry", 403],
  ["chain_invalid", 400],
  ["runtime_closed", 503],
]);

const BY_OPERATION: Readonly<Record<Operation, number>> = {
  create: 422,
  update: 422,
  get: 404,
  list: 404,
  delete: 404,
  server: 500,
};

/** The status of a thrown value. What is none of our errors is a fault of ours, or of the code behind us. */
export function statusOf(error: unknown, operation: Operation): number {
  if (!CatenaryError.isInstance(error)) return 500;
  if (error instanceof HttpError) return error.status;
  if (error.code === "input_invalid") return statusOfBody(operation);
  return BY_CODE.get(error.code) ?? storeTroubleOf(error.code)?.status ?? BY_OPERATION[operation];
}

/** What a body is answered with that cannot be read, or is not what is expected: the original's where it has one, else 400. */
export function statusOfBody(operation: Operation): number {
  return operation === "create" || operation === "update" ? 422 : 400;
}
