import { type ErrorBody, errorBodyOf } from "./error-body.ts";
import { ModelError } from "./model-error.ts";
import { type Refusal, refusalOf } from "./refusal-of.ts";
import { retryAfterOf } from "./retry-after-of.ts";

/** Who was asked, and how the refusal is told. */
export interface RefusedCall {
  readonly backend: string;
  readonly model?: string | undefined;
  /** Blots secrets out of a text. */
  readonly hide: (text: string) => string;
  /** The message, of the server's own words, at most 300 characters of them. */
  readonly explain: (words: string, refusal: Refusal) => string;
  /** What it means. Default: `refusalOf`. */
  readonly meaningOf?: (status: number, body: ErrorBody) => Refusal;
}

/** What an answer that is no success becomes: the server's words without a secret, the status, how long to wait. */
export async function refusalError(response: Response, refused: RefusedCall): Promise<ModelError> {
  const { backend, model, hide, explain, meaningOf = refusalOf } = refused;
  const { status, headers } = response;
  const body = errorBodyOf(await response.text().catch(() => ""));
  const refusal = meaningOf(status, body);
  // The platform's clock counts only where a server tells a date without its own.
  const retryAfterMs = retryAfterOf(headers, Date.now(), body.json);
  return new ModelError(explain(hide(body.words).slice(0, MOST_WORDS), refusal), {
    ...refusal,
    backend,
    status,
    ...(model !== undefined && { model }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** Nobody reads more than that. */
const MOST_WORDS = 300;
