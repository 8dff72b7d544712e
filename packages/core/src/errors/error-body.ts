/** What a server says of a failure, whatever shape it says it in. */
export interface ErrorBody {
  /** For people; empty where there are none. */
  readonly words: string;
  /** Its names of the failure, the most exact first, in lower case: the code, the type, Google's status and reasons. */
  readonly codes: readonly string[];
  /** Google's names of the quotas that are used up. */
  readonly quotas: readonly string[];
  /** As it was parsed; undefined where it is no JSON. */
  readonly json: unknown;
}

/**
 * Reads the body of an error. Servers have no common shape: `{ error: { message, type, code } }` (OpenAI, Anthropic, Google),
 * `{ error: "…" }` (Ollama), the same without `error` (vLLM), `{ detail }` (FastAPI), an array of one of them, or plain text.
 *
 * @param body The text, or what was parsed of it.
 */
export function errorBodyOf(body: unknown): ErrorBody {
  const json = typeof body === "string" ? parsed(body) : body;
  const answer: unknown = Array.isArray(json) ? json[0] : json;
  const inner = fieldOf(answer, "error");
  const error = typeof inner === "object" && inner !== null ? inner : answer;
  const details = fieldOf(error, "details");
  const listed: readonly unknown[] = Array.isArray(details) ? details : [];
  return { words: wordsOf(body, answer, error), codes: codesOf(error, listed), quotas: quotasOf(listed), json };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function wordsOf(body: unknown, answer: unknown, error: unknown): string {
  const places = [fieldOf(error, "message"), fieldOf(answer, "error"), fieldOf(answer, "detail"), answer, body];
  const words = places.find((place) => typeof place === "string");
  return typeof words === "string" ? plainWords(words) : "";
}

/** So much of a page is looked at. */
const MOST_OF_PAGE = 20_000;

/** What a page of a proxy says: its title, else the words between its tags. Any other text as it is. */
export function plainWords(text: string): string {
  const words = text.trim();
  if (!/^<(?:!doctype|html|head|body)\b/i.test(words)) return words;
  const page = words.slice(0, MOST_OF_PAGE);
  const title = between(page, "<title", "</title");
  return (title === undefined ? "" : shown(title)) || shown(page);
}

/** What stands after the first of two marks and before the second. */
function between(text: string, from: string, to: string): string | undefined {
  const lower = text.toLowerCase();
  const start = lower.indexOf(from);
  const end = start === -1 ? -1 : lower.indexOf(to, start);
  return end === -1 ? undefined : text.slice(start, end);
}

/** What lies outside of tags. */
function shown(markup: string): string {
  const pieces = markup
    .split("<")
    .map((piece, at) => (at === 0 ? piece : piece.slice(piece.indexOf(">") + 1 || piece.length)));
  return pieces.join(" ").replace(/\s+/g, " ").trim();
}

function codesOf(error: unknown, details: readonly unknown[]): readonly string[] {
  const innerError = fieldOf(error, "innererror");
  const places = [
    fieldOf(innerError, "code"),
    ...details.map((detail) => fieldOf(detail, "reason")),
    ...["code", "type", "status"].map((name) => fieldOf(error, name)),
  ];
  return places.flatMap((place) => (typeof place === "string" && place !== "" ? [place.toLowerCase()] : []));
}

function quotasOf(details: readonly unknown[]): readonly string[] {
  const violations = details.map((detail) => fieldOf(detail, "violations"));
  return violations.flatMap((list: unknown) =>
    Array.isArray(list) ? list.map((violation) => String(fieldOf(violation, "quotaId") ?? "")) : [],
  );
}

/** A field of whatever it is; undefined where there is none, or where reading it throws. */
export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    return Reflect.get(value, name);
  } catch {
    return undefined;
  }
}
