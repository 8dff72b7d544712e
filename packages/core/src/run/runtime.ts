/// <reference lib="esnext.disposable" preserve="true" />
import type { Chain } from "../chain/chain.ts";
import type { RunEvent } from "../engine/run-event.ts";
import type { BackendState } from "../fleet/backend-state.ts";
import type { Downloads } from "../fleet/downloads.ts";
import type { NamedHook } from "../hook/named-hook.ts";
import type { Backend } from "../model/backend.ts";
import type { EmbeddingModel, LanguageModel } from "../model/contract.ts";
import type { DeclaredModel } from "../model/declared-model.ts";
import type { AffinityGroup } from "../registry/affinity-group.ts";
import type { BackendRecord } from "../registry/backend-records.ts";
import type { Registry } from "../registry/registry.ts";
import type { RecordStore } from "../store/record-store.ts";
import type { RunRange, RunSummary, StoredRun } from "../store/run-store.ts";
import type { DataType } from "../value/data-type.ts";
import type { Json } from "../value/json.ts";
import type { ChatHistoryInput } from "../value/value-of.ts";
import type { CallOptions, ChatResult, EmbedResult, PromptOptions, PromptResult } from "./direct-calls.ts";
import type { GivenInput, GivenOptions } from "./given-input.ts";
import type { KnownNames } from "./known-names.ts";
import type { ModelSelection } from "./model-selection.ts";
import type { EventsOptions, RunHandle } from "./run-handle.ts";
import type { RunEventMap } from "./run-parts.ts";
import type { RunOutput } from "./run-result.ts";
import type { RuntimeDefaults } from "./runtime-defaults.ts";

/** The runs of a runtime: those under way, and those that its store still keeps. */
export interface Runs {
  /** The newest first. */
  list(options?: RunRange): Promise<readonly RunSummary[]>;
  /** Undefined where the store does not know it. */
  get(runId: string): Promise<StoredRun | undefined>;
  /**
   * The events of a run: those that the store keeps, then, where it is under way, those that come. Ends with the run; at once where
   * the store does not know it.
   */
  events(runId: string, options?: EventsOptions): AsyncIterableIterator<RunEvent>;
  /** Stops a run that is under way. Whether there was one. */
  cancel(runId: string, reason?: string): boolean;
}

/** The models that backends fetch. They belong to this process: what is under way when it ends is asked for anew by the next one. */
export type RuntimeDownloads = Pick<Downloads, "list" | "get" | "create" | "cancel" | "retry" | "delete" | "wait">;

/** Runs chains over backends. Made by `createRuntime`. */
export interface Runtime extends AsyncDisposable {
  readonly chains: Registry<Chain>;
  readonly backends: Registry<Backend>;
  readonly models: Registry<DeclaredModel>;
  readonly groups: Registry<AffinityGroup>;
  readonly hooks: Registry<NamedHook>;
  readonly runs: Runs;
  /** As they were given: which model is meant where nobody names one. */
  readonly defaults: RuntimeDefaults;
  readonly downloads: RuntimeDownloads;
  /** Where the registries keep what has the origin `record`. */
  readonly records: RecordStore;
  /** Builds a backend from a record, with one of the runtime's backend types; `backends.create` registers it. */
  openBackend(record: BackendRecord): Backend;
  /**
   * Runs a chain to its end. A chain made by `defineChain` says what its input and its output are; a parsed one, and one
   * that is named by its id, takes anything and gives `Json`. Rejects with a `RunFailedError`, whose `run` has the steps
   * until then; with a `ChainInvalidError` or an `InputError` where nothing was run.
   */
  run<Input, Output, Needs, Type extends DataType = never>(
    chain: Chain<Input, Output, Needs> | string,
    input: GivenInput<Input, Type>,
    ...rest: GivenOptions<Needs, Type>
  ): Promise<RunOutput<unknown extends Output ? Json : Output>>;
  /** Starts a run and returns at once. Throws a `ChainInvalidError` or an `InputError` where nothing was started. */
  start<Input, Output, Needs, Type extends DataType = never>(
    chain: Chain<Input, Output, Needs> | string,
    input: GivenInput<Input, Type>,
    ...rest: GivenOptions<Needs, Type>
  ): RunHandle<unknown extends Output ? Json : Output>;
  /** One routed prompt. */
  prompt(text: string, options?: PromptOptions): Promise<PromptResult>;
  /** One routed turn of a conversation. */
  chat(history: ChatHistoryInput | ChatHistoryInput["messages"], options?: CallOptions): Promise<ChatResult>;
  /** One routed embedding. */
  embed(text: string, options?: CallOptions): Promise<EmbedResult>;
  /**
   * The router as a model of the AI SDK, for `generateText`, `streamText` and whoever else takes one: each call goes to whoever can
   * take it, and to another candidate where that one fails before its answer begins. The AI SDK does not retry on top of it.
   * `providerMetadata.catenary` of an answer says who gave it. Without a selection: the runtime's default models.
   *
   * @throws InputError where the selection is none
   */
  model(selection?: string | ModelSelection): LanguageModel;
  /**
   * The same for embeddings: for `embed` and `embedMany`. It stays with the model that answers its first call, on whatever backend,
   * because vectors of different models cannot be compared; until that is known it makes one call after the other.
   */
  embeddingModel(selection?: string | ModelSelection): EmbeddingModel;
  /**
   * Calls a listener for every event of a kind, of all runs; `*` is for every recorded event. While anybody listens to
   * `step_delta`, models stream. The events of backends, of downloads and of calls outside of runs have no part in `*`. A listener that throws is reported to the logger and breaks nothing. Returns what
   * removes the listener.
   */
  on<Kind extends keyof RunEventMap & string>(kind: Kind, listener: (event: RunEventMap[Kind]) => unknown): () => void;
  /** What chains can name here: `validateChain(chain, { runtime })` checks against it. Models are known after `sync()` or a first call. */
  knownNames(): KnownNames;
  /**
   * Follows what the record store holds now (added, changed and deleted, by whomever), and asks every backend what it serves, all
   * at once. With `pull: "missing"` the models that one lacks are asked for; from backends with `prune: true` those are deleted
   * that nobody declared.
   */
  sync(): Promise<readonly BackendState[]>;
  /**
   * What the backends serve, as far as is known, and how it stands with each (`health`). At once where all of them were asked; one that never was is waited for half a
   * second, and left out where it did not answer. A list that is old is asked for again, for the next time.
   */
  states(): Promise<readonly BackendState[]>;
  /**
   * Cancels the runs that are under way, and the prompts, conversations, embeddings and downloads (`runtime_closed`), waits for their end, and
   * removes all listeners. A store that does not answer is waited for five seconds. Nothing can be started afterwards.
   */
  close(): Promise<void>;
}
