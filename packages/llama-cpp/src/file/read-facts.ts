import type { GgufFileInfo } from "node-llama-cpp";
import type { Library } from "../library/library.ts";
import { BrokenFile } from "./check-header.ts";
import { checkParts, partsOf } from "./check-parts.ts";
import { ENCODERS, type MemoryNeed, memoryNeed } from "./memory-need.ts";

/** What a GGUF file says about its model. */
export interface ModelFacts extends MemoryNeed {
  /** Of the file, or of all its parts together. */
  readonly bytes: number;
  readonly modifiedAt: string;
  /** Tokens that the model was trained for. */
  readonly trainedLength: number;
  readonly isEmbedding: boolean;
  /** Whether the model's own template knows tools. */
  readonly takesTools: boolean;
  /** A token that its vocabulary has twice. llama.cpp ends the whole process over it. */
  readonly repeatedToken: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The value of `pooling_type` for models that give a vector for each token. */
const NO_POOLING = 0;

interface Known {
  /** What its files were when they were read. */
  readonly mark: string;
  readonly facts: ModelFacts;
}

/** What was read of each file, by its path: a list of models is asked for again and again. */
const known = new Map<string, Known>();

/**
 * Reads a file's metadata, without the model.
 *
 * @throws BrokenFile
 */
export async function readFacts(library: Library, path: string, signal: AbortSignal | undefined): Promise<ModelFacts> {
  const parts = await partsOf(path);
  const mark = JSON.stringify(parts);
  const before = known.get(path);
  if (before?.mark === mark) return before.facts;
  await checkParts(parts, signal);
  const bytes = parts.reduce((sum, { size }) => sum + size, 0);
  const facts = await parse(library, path, bytes, parts[0].mtimeMs, signal);
  known.set(path, { mark, facts });
  return facts;
}

async function parse(
  library: Library,
  path: string,
  bytes: number,
  mtimeMs: number,
  signal: AbortSignal | undefined,
): Promise<ModelFacts> {
  try {
    const header = await library.readGgufFileInfo(path, {
      sourceType: "filesystem",
      readTensorInfo: false,
      logWarnings: false,
      ...(signal !== undefined && { signal }),
    });
    return factsIn(header, bytes, mtimeMs);
  } catch (cause) {
    signal?.throwIfAborted();
    // What the library says of it is about its own insides.
    throw new BrokenFile("its metadata cannot be read", { cause });
  }
}

function factsIn(header: GgufFileInfo, bytes: number, mtimeMs: number): ModelFacts {
  const { general, tokenizer } = header.metadata;
  const { context_length: trainedLength } = header.architectureMetadata;
  const chatTemplate = tokenizer?.chat_template;
  return {
    bytes,
    modifiedAt: new Date(mtimeMs).toISOString(),
    trainedLength: typeof trainedLength === "number" && trainedLength > 0 ? trainedLength : SHORTEST,
    ...memoryNeed(header),
    isEmbedding: isEmbedding(header),
    takesTools: typeof chatTemplate === "string" && /\btools\b/.test(chatTemplate),
    repeatedToken: repeatedIn(tokenizer?.ggml?.tokens),
    details: {
      architecture: general.architecture,
      ...(general.name !== undefined && { name: general.name }),
      ...(general.size_label !== undefined && { sizeLabel: general.size_label }),
      ...(general.license !== undefined && { license: general.license }),
    },
  };
}

/** For the rare file that does not say what it was trained for. */
const SHORTEST = 512;

function isEmbedding({ metadata, architectureMetadata }: GgufFileInfo): boolean {
  // Every architecture may have the field, but the library declares it for some.
  const { pooling_type: pooling } = architectureMetadata as { readonly pooling_type?: unknown };
  return ENCODERS.test(metadata.general.architecture) || (typeof pooling === "number" && pooling !== NO_POOLING);
}

function repeatedIn(tokens: unknown): string | undefined {
  if (!Array.isArray(tokens)) return undefined;
  const seen = new Set<unknown>();
  for (const token of tokens) {
    if (token !== "" && seen.has(token)) return String(token);
    seen.add(token);
  }
  return undefined;
}
