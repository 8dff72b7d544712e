import type { LanguageModelPrompt } from "../../model/contract.ts";
import { type AnyTool, promptTexts } from "../../model/prompt-texts.ts";
import type { TokenCounter } from "../../model/token-counter.ts";
import { orAborted } from "../../surroundings/abort.ts";
import type { Candidate } from "./candidate.ts";

/** How many tokens one call's text has for the models that came into question: each has a vocabulary of its own. */
export class TextCount {
  readonly #prompt: LanguageModelPrompt;
  readonly #tools: readonly AnyTool[];
  readonly #counts = new Map<Candidate["health"], number | undefined>();

  constructor(prompt: LanguageModelPrompt, tools: readonly AnyTool[] = []) {
    this.#prompt = prompt;
    this.#tools = tools;
  }

  /** Undefined where nobody counted for this model. */
  by({ health }: Candidate): number | undefined {
    return this.#counts.get(health);
  }

  /** Whether it was tried: what cannot be counted stays an estimate. */
  isTried({ health }: Candidate): boolean {
    return this.#counts.has(health);
  }

  /** Counts for these. Rejects with the signal's reason, and for nothing else. */
  async count(counted: readonly Counted[], signal: AbortSignal): Promise<void> {
    const text = promptTexts(this.#prompt, this.#tools).join("\n");
    const counts = counted.map(async ({ candidate, counter }) => {
      this.#counts.set(candidate.health, await countOf(counter, text, candidate.model.id));
    });
    await orAborted(Promise.all(counts), signal);
  }
}

/** A candidate, with whoever can count for it. */
export interface Counted {
  readonly candidate: Candidate;
  readonly counter: TokenCounter;
}

async function countOf(counter: TokenCounter, text: string, model: string): Promise<number | undefined> {
  try {
    const tokens = await counter.count(text, model);
    return tokens >= 0 ? tokens : undefined;
  } catch {
    return undefined;
  }
}
