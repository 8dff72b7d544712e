import { CatenaryError, type Clock, type Fetch, type Logger, systemClock, type TokenCounter } from "@catenary/core";

export interface TokenizerSettings {
  /** Without a slash at its end. */
  readonly url: string;
  readonly fetch: Fetch;
  /** Counts where the service does not. Default: a token for every four characters. */
  readonly otherwise?: TokenCounter;
  readonly logger: Logger;
  readonly clock?: Clock;
}

const TIMEOUT_MS = 5_000;
/** How long a service that failed is left alone. */
const PAUSE_MS = 10_000;

/**
 * Counts tokens with the tokenizer service of contenox/runtime. Where it does not answer they are estimated: a count that is not quite
 * right is better than a chain that fails.
 */
export function tokenizerService(settings: TokenizerSettings): TokenCounter {
  const { url, fetch, logger, otherwise = roughly, clock = systemClock } = settings;
  let failedAt: number | undefined;
  return {
    async count(text, model) {
      if (text === "") return 0;
      if (failedAt !== undefined && clock.now() - failedAt < PAUSE_MS) return otherwise.count(text, model);
      try {
        const tokens = await askTokenizer({ url, fetch, clock }, text, model);
        failedAt = undefined;
        return tokens;
      } catch (error) {
        failedAt = clock.now();
        const reason = CatenaryError.isInstance(error) ? error : failed("could not be asked", error);
        logger.log("warn", "tokenizer_failed", { error: reason.toJSON(), so: "tokens are estimated" });
        return otherwise.count(text, model);
      }
    },
  };
}

const roughly: TokenCounter = { count: (text) => Math.ceil(text.length / 4) };

interface Service {
  readonly url: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
}

async function askTokenizer({ url, fetch, clock }: Service, text: string, model: string): Promise<number> {
  const controller = new AbortController();
  const stopTimer = clock.setTimer(TIMEOUT_MS, () =>
    controller.abort(failed(`did not answer within ${TIMEOUT_MS} ms`)),
  );
  try {
    const response = await fetch(`${url}/tokenize`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model: vocabularyOf(model), prompt: text }),
      signal: controller.signal,
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw failed(`answered with status ${response.status}`);
    }
    return countIn(await response.json());
  } finally {
    stopTimer();
  }
}

function countIn(answer: unknown): number {
  if (typeof answer === "object" && answer !== null) {
    const tokens: unknown = Reflect.get(answer, "tokens");
    if (Array.isArray(tokens)) return tokens.length;
    const count: unknown = Reflect.get(answer, "count");
    if (typeof count === "number" && Number.isInteger(count) && count >= 0) return count;
  }
  throw failed("answered with something else than { tokens: [] }");
}

function failed(what: string, cause?: unknown): CatenaryError {
  return new CatenaryError("tokenizer_failed", `the tokenizer service of TOKENIZER_SERVICE_URL ${what}`, {
    failure: "unavailable",
    cause,
  });
}

/** The vocabularies that the service has, by the names that it knows. */
const VOCABULARIES = ["tiny", "llama-3.1", "llama-3.2", "granite-embedding-30m", "phi-3"];

/** Families, by what may stand anywhere in a model's name. The first that matches counts. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/llama-?3\.2/, "llama-3.2"],
  [/llama-?3/, "llama-3.1"],
  [/phi-?3/, "phi-3"],
];

/** Which of the service's vocabularies a model has, as the original guesses it. */
export function vocabularyOf(model: string): string {
  const name = model.toLowerCase().split(":", 1)[0] ?? "";
  if (VOCABULARIES.includes(name)) return name;
  return FAMILIES.find(([pattern]) => pattern.test(name))?.[1] ?? "granite-embedding-30m";
}
