import type { Backend, LanguageModel } from "@catenary/core";
import type { FakeServer } from "../fake-server.ts";

export interface SubjectOptions {
  /** A model that the backend serves and that answers conversations. */
  readonly chatModel: string;
  /** A model that the backend serves and that embeds. Without one the tests of vectors are skipped. */
  readonly embeddingModel?: string;
  readonly supports?: {
    /** The model calls a tool that it is offered, and answers in words when it is given the result. Default false. */
    readonly tools?: boolean;
    /** The model obeys a JSON schema. Default false. */
    readonly structuredOutput?: boolean;
    /** The backend lists its models. Default true. */
    readonly listModels?: boolean;
    /** The same call gives the same words. Default true. */
    readonly deterministic?: boolean;
    /** The model takes `topK`. Default true. */
    readonly topK?: boolean;
  };
  /**
   * The fake server behind the backend, where there is one. Tests then also look at what was sent, and the tests of failures run.
   * Its `chatModel` must answer anything with words, in at least two streamed chunks.
   */
  readonly server?: Pick<FakeServer, "requests" | "faults">;
  /** More options for every call, for example to keep a real model's answers short. */
  readonly maxOutputTokens?: number;
}

export interface Subject extends SubjectOptions {
  readonly backend: Backend;
  /** The chat model. */
  readonly model: LanguageModel;
}

export interface BackendTest {
  readonly run: (subject: Subject) => Promise<void>;
  /** Why this subject cannot be asked, or `undefined`. */
  readonly lacks?: (options: SubjectOptions) => string | undefined;
}

export const needsServer = (options: SubjectOptions) =>
  options.server === undefined ? "there is no fake server to look into" : undefined;

/** What the fake server was sent last, as text. */
export function lastSent(server: Pick<FakeServer, "requests">): string {
  return server.requests.at(-1)?.text ?? "";
}
