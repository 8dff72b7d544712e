import type { BackendRouting, Capabilities } from "@catenary/core";
import type { ModelSource } from "./source/model-source.ts";

/** A model that needs more than a path. */
export interface LlamaModel {
  /** Of the GGUF file (of its first part, where there are several), or what gives it. */
  readonly path: string | ModelSource;
  /**
   * Tokens that a conversation may have, answer included. Memory is taken for all of them, once for each sequence. Default: what the
   * model was trained for, at most 4096.
   */
  readonly contextLength?: number;
  /** Each field given here wins over what the file says. */
  readonly capabilities?: Capabilities;
}

export interface LlamaSettings {
  /** The models by the names that chains and calls use: a path, what gives a path, or more. */
  readonly models: Readonly<Record<string, string | ModelSource | LlamaModel>>;
  /** Unique in a runtime. Default `llama-cpp`. */
  readonly id?: string;
  /** For people. Default: the id. */
  readonly name?: string;
  /** How many calls one model works on at the same time, each on a sequence of its own. Further ones wait in their order. At most 256, default 1. */
  readonly sequences?: number;
  /**
   * Threads that compute. Default: one less than cores are free, looked at again all the time while no more than one call computes.
   * llama.cpp's threads wait for each other: with one more than there are free cores everything is many times slower, and the
   * JavaScript that samples each token needs one too.
   */
  readonly threads?: number;
  /** Which hardware computes. Default `"auto"`: the best for which a package is installed. */
  readonly gpu?: "auto" | "metal" | "cuda" | "vulkan" | false;
  /** How long a model that nobody uses stays in memory, in milliseconds; `Infinity`: until the backend is closed. Default 300,000. */
  readonly idleMs?: number;
  /**
   * Tokens of an answer where its call does not say how many; a longer one ends there, with the reason `length`. `Infinity`: as many as
   * the context has room for. Default 1024.
   */
  readonly maxTokens?: number;
  /** How routing treats the backend. */
  readonly routing?: BackendRouting;
}
