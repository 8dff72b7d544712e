import { CatenaryError } from "../../errors/catenary-error.ts";
import { ModelError } from "../../errors/model-error.ts";
import type { BackendHealth } from "../health/backend-health.ts";
import type { Nobody } from "./selection.ts";

/** The error of a call that nobody may be asked to take now, although there are candidates. */
export function shutOutError({ why, policy, retryAfterMs, dropped }: Nobody): CatenaryError {
  const places = dropped.slice(0, MOST_TOLD).map((one) => `${one.model} on ${one.backend}: ${one.why}`);
  const whom = `${places.join("; ")}${dropped.length > MOST_TOLD ? "; …" : ""}`;
  const after = { dropped, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  switch (why) {
    case "cooling":
    case "limited":
      return new ModelError(`nobody can take this call now (${whom}): try again later, or add a backend`, {
        failure: "rate_limit",
        ...after,
      });
    case "spent":
      return new ModelError(`the accounts of all backends have nothing left (${whom}): add to one, or add a backend`, {
        failure: "rate_limit",
        reason: "quota",
        ...after,
      });
    case "refused":
      return new ModelError(`all backends refused their keys (${whom}): set the right ones`, {
        failure: "auth",
        ...after,
      });
    case "missing":
      return new ModelError(`no backend has the model, although they listed it (${whom}): fetch it onto one`, {
        failure: "unavailable",
        reason: "model_not_found",
        dropped,
      });
    case "weightless":
      return weightlessError(policy, [...new Set(dropped.map(({ backend }) => backend))]);
    default:
      return new ModelError(`nobody can take this call now (${whom}): try again later, or add a backend`, {
        failure: "unavailable",
        ...after,
      });
  }
}

const MOST_TOLD = 5;

function weightlessError(policy: string, backends: readonly string[]): CatenaryError {
  return new CatenaryError(
    "settings_invalid",
    `the routing policy ${policy} expects a backend with a weight above 0; the weight of ${backends.join(", ")} is 0: set routing.weight of one of them, or choose another policy`,
    { details: { policy, backends } },
  );
}

/** The error of a call for which no place came free, or that was not even let into a line. */
export function noPlaceError(
  backends: readonly BackendHealth[],
  dropped: Nobody["dropped"],
  waitedMs?: number,
): ModelError {
  const waiting = backends.reduce((total, { line }) => total + line.length, 0);
  const already =
    waiting === 0 ? "no call may wait" : waiting === 1 ? "1 call waits already" : `${waiting} calls wait already`;
  const waited = waitedMs === undefined ? already : `none came free in ${waitedMs} ms`;
  const raise = waitedMs === undefined ? "queueLength" : "queueTimeoutMs";
  return new ModelError(
    `all places on ${backends.map(({ id }) => id).join(", ")} are taken, and ${waited}: make fewer calls at once, add a backend, or raise routing.concurrency or routing.${raise}`,
    {
      failure: "server_error",
      reason: "overloaded",
      dropped,
      ...(backends.length === 1 && backends[0] !== undefined && { backend: backends[0].id }),
    },
  );
}
