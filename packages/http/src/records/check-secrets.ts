import { HttpError } from "../errors/http-error.ts";
import { MASK } from "./mask.ts";

/** It is sent as a header; what cannot be is no key. */
const SENDABLE = /^[\x21-\x7e]*$/;

export interface BackendSecrets {
  readonly apiKey?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Refuses what no server could be sent. Of what came nothing is told. Throws an HttpError of 422. */
export function checkSecrets({ apiKey = "", headers = {} }: BackendSecrets): void {
  if (!SENDABLE.test(apiKey) || apiKey === MASK) throw refused("apiKey", "apiKey expects a key, without white space");
  for (const [name, value] of Object.entries(headers)) {
    if (canBeSent(name, value)) continue;
    throw refused("headers", `headers expects names and values that can be sent; ${JSON.stringify(name)} cannot`);
  }
}

function canBeSent(name: string, value: string): boolean {
  try {
    new Headers([[name, value]]);
    return value !== MASK;
  } catch {
    return false;
  }
}

function refused(param: string, problem: string): HttpError {
  return new HttpError(422, `invalid backend: ${problem}`, { param });
}
