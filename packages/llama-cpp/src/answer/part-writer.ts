import type { LanguageModelStreamPart } from "@catenary/core";

export type Emit = (part: LanguageModelStreamPart) => void;

type Kind = "text" | "reasoning";

/** Turns pieces of an answer into the parts of a stream: each run of one kind starts, has deltas, and ends. */
export interface PartWriter {
  write(kind: Kind, piece: string): void;
  /** Ends what is open. */
  end(): void;
}

export function createPartWriter(emit: Emit): PartWriter {
  let open: { readonly kind: Kind; readonly id: string } | undefined;
  let count = 0;
  const end = () => {
    if (open !== undefined) emit({ type: `${open.kind}-end`, id: open.id });
    open = undefined;
  };
  return {
    write(kind, piece) {
      if (piece === "") return;
      if (open?.kind !== kind) {
        end();
        open = { kind, id: `${kind}-${count}` };
        count += 1;
        emit({ type: `${kind}-start`, id: open.id });
      }
      emit({ type: `${kind}-delta`, id: open.id, delta: piece });
    },
    end,
  };
}
