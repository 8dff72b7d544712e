import type { Capabilities } from "../../model/capabilities.ts";
import type { CallKind, Wanted } from "../call/model-request.ts";
import type { Candidate, Dropped, Sifted } from "./candidate.ts";

/**
 * Keeps the candidates that can do what is asked, whatever their state. For a long conversation those whose context length nobody knows go
 * last. A text to be embedded is refused nowhere for its length, because many servers cut it: of those that serve the same model, those that
 * are known to hold it go first.
 */
export function eligible(wanted: Wanted, candidates: readonly Candidate[]): Sifted {
  // The usual case, which every call pays for: nobody is left out or moved, so nothing is copied.
  if (candidates.every((candidate) => obstacleOf(wanted, candidate) === undefined && isSure(wanted, candidate))) {
    return { kept: candidates, dropped: NONE };
  }
  const kept: Candidate[] = [];
  const unsure: Candidate[] = [];
  const dropped: Dropped[] = [];
  for (const candidate of candidates) {
    const obstacle = obstacleOf(wanted, candidate);
    if (obstacle !== undefined) {
      dropped.push({ candidate, stage: "eligible", why: whyNot(obstacle, wanted, candidate) });
    } else if (isSure(wanted, candidate)) kept.push(candidate);
    else unsure.push(wanted.kind === "embed" ? asLater(candidate) : asLast(candidate));
  }
  return { kept: unsure.length === 0 ? kept : [...kept, ...unsure], dropped };
}

const NONE: readonly Dropped[] = [];

/** A conversation below it fits almost every model that anybody serves, so that it does not matter whose context is known. */
const SHORT_TOKENS = 2_048;

/** Whether it is known that the conversation fits. */
function isSure(wanted: Wanted, candidate: Candidate): boolean {
  const { contextLength } = candidate.model;
  if (contextLength === undefined) return tokensOf(wanted, candidate) < SHORT_TOKENS;
  return wanted.kind !== "embed" || contextLength >= tokensOf(wanted, candidate);
}

/** What stands between a candidate and a call, in the order in which it is looked at. */
export const OBSTACLES = ["kind", "tools", "structured_output", "vision", "context"] as const;

export type Obstacle = (typeof OBSTACLES)[number];

/** The first thing that a candidate cannot do and the call needs; undefined where it can do everything. */
export function obstacleOf(wanted: Wanted, candidate: Candidate): Obstacle | undefined {
  const { backend, model } = candidate;
  const capabilities = model.capabilities ?? NOTHING_KNOWN;
  if (!canDo(wanted.kind, capabilities)) return "kind";
  if (wanted.kind === "embed" && backend.embeddingModel === undefined) return "kind";
  if (wanted.tools && capabilities.tools === false) return "tools";
  if (wanted.structuredOutput === true && capabilities.structuredOutput !== true) return "structured_output";
  if (wanted.vision === true && capabilities.vision === false) return "vision";
  if (wanted.kind === "embed" || model.contextLength === undefined) return undefined;
  if (model.contextLength < tokensOf(wanted, candidate)) return "context";
  return undefined;
}

const NOTHING_KNOWN: Capabilities = {};

/** How many tokens must fit: what is asked, and what may be answered. */
export function tokensOf(wanted: Wanted, candidate: Candidate): number {
  return askedOf(wanted, candidate).tokens + (wanted.outputTokens ?? 0);
}

/** How many tokens are asked of a candidate, and whether that is no more than an estimate. */
export function askedOf({ contextLength, count }: Wanted, candidate: Candidate): Asked {
  const tokens = count?.by(candidate);
  return tokens === undefined
    ? { tokens: contextLength, isEstimate: count !== undefined }
    : { tokens, isEstimate: false };
}

export interface Asked {
  readonly tokens: number;
  readonly isEstimate: boolean;
}

function whyNot(obstacle: Obstacle, wanted: Wanted, candidate: Candidate): string {
  const { model } = candidate;
  switch (obstacle) {
    case "kind":
      return canDo(wanted.kind, model.capabilities ?? NOTHING_KNOWN)
        ? "its backend does not embed"
        : withoutKind(wanted.kind, model.capabilities ?? NOTHING_KNOWN);
    case "tools":
      return "it takes no tools; if it does, declare it with capabilities: { tools: true }";
    case "structured_output":
      return "it is not known to obey a JSON schema; declare it with capabilities: { structuredOutput: true }";
    case "vision":
      return "it takes no images";
    case "context": {
      const { outputTokens = 0 } = wanted;
      const { tokens, isEstimate } = askedOf(wanted, candidate);
      const answer = outputTokens > 0 ? `, and its answer may have ${outputTokens}` : "";
      return `its context holds ${model.contextLength} tokens, and the conversation has ${tokens}${isEstimate ? " (estimated)" : ""}${answer}`;
    }
  }
}

const WITHOUT: Readonly<Record<CallKind, string>> = {
  prompt: "it does not answer prompts",
  chat: "it does not answer conversations",
  embed: "it is not known to embed; declare it with capabilities: { embed: true }",
};

/** What was left out of a declaration may count as a no, which nobody meant. */
function withoutKind(kind: CallKind, { prompt, chat, embed }: Capabilities): string {
  const isDenied = kind !== "embed" && embed !== true && (chat === false || (kind === "prompt" && prompt === false));
  if (!isDenied) return WITHOUT[kind];
  return `${WITHOUT[kind]}, as was declared or its server says; if it does, declare it with capabilities: { ${kind}: true }`;
}

function canDo(kind: CallKind, capabilities: Capabilities): boolean {
  if (kind === "embed") return capabilities.embed === true;
  const chats = capabilities.chat ?? capabilities.embed !== true;
  return kind === "chat" ? chats : (capabilities.prompt ?? chats);
}

/** Behind every rank that names can give. */
const LAST = 1_000_000;

/** Behind its own rank, and before the next: vectors of another model, which is the next, cannot take the place of the preferred one's. */
const LATER = 0.5;

/** One object for each candidate, so that whoever compares candidates by identity is right. */
const lastOnes = new WeakMap<Candidate, Candidate>();
const laterOnes = new WeakMap<Candidate, Candidate>();

function asLast(candidate: Candidate): Candidate {
  return behind(candidate, LAST, lastOnes);
}

function asLater(candidate: Candidate): Candidate {
  return behind(candidate, LATER, laterOnes);
}

function behind(candidate: Candidate, by: number, known: WeakMap<Candidate, Candidate>): Candidate {
  let moved = known.get(candidate);
  if (moved === undefined) {
    moved = { ...candidate, rank: candidate.rank + by };
    known.set(candidate, moved);
  }
  return moved;
}
