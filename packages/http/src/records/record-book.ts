import type { AffinityGroup, Backend, DeclaredModel, NamedHook } from "@catenary/core";
import type { Surface } from "../surface.ts";
import { ChainShelf } from "./chain-shelf.ts";
import { Ledger } from "./ledger.ts";
import { Rows } from "./rows.ts";
import { createTicks, type Ticks } from "./ticks.ts";
import { createTurns, type Turns } from "./turns.ts";

/** Everything that was registered, as clients know it. One for each surface. */
export interface RecordBook {
  readonly backends: Rows<Backend>;
  readonly models: Rows<DeclaredModel>;
  readonly groups: Rows<AffinityGroup>;
  readonly hooks: Rows<NamedHook>;
  readonly chains: ChainShelf;
  readonly providers: Ledger;
  /** When what was put into a group. */
  readonly assignments: Ledger;
  /** All changes are made in turns. */
  readonly inTurn: Turns;
  readonly tick: Ticks;
}

const books = new WeakMap<Surface, RecordBook>();

export function recordBookOf(surface: Surface): RecordBook {
  let book = books.get(surface);
  if (book === undefined) {
    book = openBook(surface);
    books.set(surface, book);
  }
  return book;
}

function openBook({ runtime, records, now }: Surface): RecordBook {
  const tick = createTicks(now);
  const ledger = (noun: string) => new Ledger(records, noun, tick);
  return {
    backends: new Rows({
      noun: "backend",
      registry: runtime.backends,
      ledger: ledger("backend"),
      keyOf: ({ id }) => id,
    }),
    models: new Rows({
      noun: "model",
      registry: runtime.models,
      ledger: ledger("model"),
      keyOf: ({ name }) => name,
    }),
    groups: new Rows({
      noun: "affinity group",
      registry: runtime.groups,
      ledger: ledger("group"),
      keyOf: ({ id }) => id,
    }),
    hooks: new Rows({
      noun: "hook",
      registry: runtime.hooks,
      ledger: ledger("hook"),
      keyOf: ({ name }) => name,
    }),
    chains: new ChainShelf(runtime, ledger("chain")),
    providers: ledger("provider"),
    assignments: ledger("assignment"),
    inTurn: createTurns(),
    tick,
  };
}
