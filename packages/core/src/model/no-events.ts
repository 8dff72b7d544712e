import { errorBodyOf, fieldOf } from "../errors/error-body.ts";
import { ModelError } from "../errors/model-error.ts";
import { refusalOf } from "../errors/refusal-of.ts";

/** Who was asked, for the error. */
export interface AskedForEvents {
  readonly backend: string;
  /** Where it is, for people. */
  readonly place: string;
  /** Blots secrets out of a text. */
  readonly hide: (text: string) => string;
}

/** What it means that a server was asked for a stream, took the request, and sent a page or an object instead. */
export function noEvents(text: string, { backend, place, hide }: AskedForEvents): ModelError {
  const body = errorBodyOf(text);
  const answer: unknown = Array.isArray(body.json) ? body.json[0] : body.json;
  if (fieldOf(answer, "error") !== undefined) {
    const words = hide(body.words).slice(0, MOST_WORDS);
    return new ModelError(`${place} failed while it answered: ${words}`, { ...refusalOf(undefined, body), backend });
  }
  const what =
    body.json === undefined
      ? `a page${titleOf(text, hide)} instead of a stream: check that baseUrl is where the routes begin, and what stands before the server`
      : "an object instead of a stream: the server does not stream, or something before it does not let streams through";
  return new ModelError(`${place} answered with ${what}`, { failure: "reply", backend });
}

function titleOf(text: string, hide: (text: string) => string): string {
  const [, title = ""] = /<title[^>]*>([^<]{1,200})/i.exec(text) ?? [];
  return title.trim() === "" ? "" : ` (${JSON.stringify(hide(title.trim()))})`;
}

/** A page of words says no more than that. */
const MOST_WORDS = 300;
