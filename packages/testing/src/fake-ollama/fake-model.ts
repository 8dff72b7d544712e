import { fakeDigest } from "./fake-digest.ts";

/** What Ollama says that a model can do. */
export type OllamaCapability = "completion" | "tools" | "insert" | "vision" | "embedding" | "thinking";

/** A model on a fake Ollama server. */
export interface FakeOllamaModel {
  /** A name without a tag means `:latest`, as on the real server. */
  readonly name: string;
  /** Default `["completion", "tools"]`; `["embedding"]` where the name has `embed` or `minilm` in it. */
  readonly capabilities?: readonly OllamaCapability[];
  /** Default 8192; 512 for a model that embeds. */
  readonly contextLength?: number;
  /** How many numbers its vectors have. Default 16. */
  readonly embeddingLength?: number;
  /** Bytes. Default 98 363 007. */
  readonly size?: number;
}

export interface InstalledModel extends Required<FakeOllamaModel> {
  readonly digest: string;
  readonly family: string;
  /** RFC 3339. */
  readonly modifiedAt: string;
}

export function installed(model: string | FakeOllamaModel, now: number): InstalledModel {
  const given = typeof model === "string" ? { name: model } : model;
  const embeds = given.capabilities?.includes("embedding") ?? /embed|minilm/.test(given.name);
  const name = withTag(given.name);
  return {
    capabilities: embeds ? ["embedding"] : ["completion", "tools"],
    contextLength: embeds ? 512 : 8192,
    embeddingLength: 16,
    size: 98_363_007,
    ...given,
    name,
    digest: fakeDigest(name),
    family: embeds ? "bert" : "llama",
    modifiedAt: new Date(now).toISOString(),
  };
}

/** The full name of a model: what follows the last slash has a tag. */
export function withTag(name: string): string {
  return /:[^/]*$/.test(name) ? name : `${name}:latest`;
}

export function details(model: InstalledModel) {
  return {
    parent_model: "",
    format: "gguf",
    family: model.family,
    families: [model.family],
    parameter_size: "134.52M",
    quantization_level: "Q4_1",
  };
}
