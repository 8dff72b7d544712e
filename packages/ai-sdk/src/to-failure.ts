import { CatenaryError, causesOf, isConnectionFailure, ModelError, toModelError } from "@catenary/core";

/** Whose failure it is. */
export interface Asked {
  readonly backend: string;
  /** Absent where the list of models was asked for. */
  readonly model?: string;
  /** Blots secrets out of a text. */
  readonly hide: (text: string) => string;
}

/** The AI SDK repeats an answer that it could not read, however long. */
const MOST_WORDS = 500;

/**
 * What a provider threw, as one of our errors: its class, status and delay are core's reading of it. The provider's own error
 * is left behind, because it carries the whole request with what people said, and headers; only an error of the system is kept.
 */
export function toFailure(thrown: unknown, { backend, model, hide }: Asked): CatenaryError {
  const layers = causesOf(thrown);
  const own = layers.find((layer) => CatenaryError.isInstance(layer));
  if (own !== undefined) return own;
  const read = toModelError(thrown, {
    backend,
    baseUrl: addressIn(layers),
    model: model ?? "the list of models",
    now: Date.now(),
  });
  if (!(read instanceof ModelError)) return read;
  const { failure, reason, status, retryAfterMs } = read;
  const cause = systemError(layers, hide);
  return new ModelError(hide(read.message).slice(0, MOST_WORDS), {
    failure,
    backend,
    ...(model !== undefined && { model }),
    ...(reason !== undefined && { reason }),
    ...(status !== undefined && { status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(cause !== undefined && { cause }),
  });
}

/** Where the provider was going, for a message. Its host is all that is told of it. */
function addressIn(layers: readonly unknown[]): string | undefined {
  for (const layer of layers) {
    if (typeof layer === "object" && layer !== null && "url" in layer && typeof layer.url === "string") {
      return layer.url;
    }
  }
  return undefined;
}

/** The innermost cause, where it is an error of the system's connection and holds no secret. */
function systemError(layers: readonly unknown[], hide: (text: string) => string): Error | undefined {
  const root = layers.at(-1);
  if (!(root instanceof Error) || !("code" in root) || !isConnectionFailure(root)) return undefined;
  return hide(root.message) === root.message ? root : undefined;
}
