import type { Capabilities } from "../model/capabilities.ts";
import type { Candidate, Dropped, Sifted } from "./candidate.ts";
import type { CallKind, Wanted } from "./model-request.ts";

/** Keeps the candidates that can do what is asked, whatever their state. Those whose context length nobody knows go last. */
export function eligible(wanted: Wanted, candidates: readonly Candidate[]): Sifted {
  const kept: Candidate[] = [];
  const unsure: Candidate[] = [];
  const dropped: Dropped[] = [];
  for (const candidate of candidates) {
    const why = reasonAgainst(wanted, candidate);
    if (why !== undefined) dropped.push({ candidate, stage: "eligible", why });
    else if (wanted.contextLength > 0 && candidate.model.contextLength === undefined) unsure.push(candidate);
    else kept.push(candidate);
  }
  return { kept: unsure.length === 0 ? kept : [...kept, ...unsure], dropped };
}

function reasonAgainst(wanted: Wanted, { backend, model }: Candidate): string | undefined {
  const capabilities = model.capabilities ?? {};
  if (!canDo(wanted.kind, capabilities)) return WITHOUT[wanted.kind];
  if (wanted.kind === "embed" && backend.embeddingModel === undefined) return "its backend does not embed";
  if (wanted.tools && capabilities.tools === false) return "it takes no tools";
  if (model.contextLength !== undefined && model.contextLength < wanted.contextLength) {
    return `its context holds ${model.contextLength} tokens, and the conversation has ${wanted.contextLength}`;
  }
  return undefined;
}

const WITHOUT: Readonly<Record<CallKind, string>> = {
  prompt: "it does not answer prompts",
  chat: "it does not answer conversations",
  embed: "it is not known to embed; declare it with capabilities: { embed: true }",
};

function canDo(kind: CallKind, capabilities: Capabilities): boolean {
  if (kind === "embed") return capabilities.embed === true;
  const chats = capabilities.chat ?? capabilities.embed !== true;
  return kind === "chat" ? chats : (capabilities.prompt ?? chats);
}
