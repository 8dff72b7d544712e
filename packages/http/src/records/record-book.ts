import type { AffinityGroup, Backend, DeclaredModel, NamedHook, RecordStore } from "@catenary/core";
import type { Surface } from "../surface.ts";
import { keepAssignments } from "./assignment.ts";
import { ChainShelf } from "./chain-shelf.ts";
import { Ledger } from "./ledger.ts";
import type { LoadRecords } from "./load-records.ts";
import { RecordBatch } from "./record-batch.ts";
import { Rows } from "./rows.ts";
import { sheetsInMemory } from "./sheets-in-memory.ts";
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
  /** What only the surface keeps. */
  readonly records: RecordStore;
  /** All changes are made in turns. What one of them writes is kept at its end, all of it or nothing. */
  readonly inTurn: Turns;
  /** Remembers since when there is what nobody made over HTTP. A store that cannot be written keeps nobody from reading it. */
  keepAges(): Promise<void>;
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

function openBook(surface: Surface): RecordBook {
  const { runtime, now } = surface;
  const tick = createTicks(now);
  const batch = new RecordBatch();
  const own = batch.over(sheetsInMemory(surface.records));
  // Where both are one store it is one here too, so that its changes are made at once.
  const records = batch.over(sheetsInMemory(runtime.records));
  const ledger = (noun: string) => new Ledger(own, noun, tick);
  const nouns = {
    backends: new Rows({
      noun: "backend",
      registry: runtime.backends,
      ledger: ledger("backend"),
      records,
      keyOf: ({ id }) => id,
    }),
    models: new Rows({
      noun: "model",
      registry: runtime.models,
      ledger: ledger("model"),
      records,
      keyOf: ({ name }) => name,
    }),
    groups: new Rows({
      noun: "affinity group",
      registry: runtime.groups,
      ledger: ledger("group"),
      records,
      keyOf: ({ id }) => id,
    }),
    hooks: new Rows({
      noun: "hook",
      registry: runtime.hooks,
      ledger: ledger("hook"),
      records,
      keyOf: ({ name }) => name,
    }),
    chains: new ChainShelf(runtime.chains, records, ledger("chain")),
  };
  const assignments = ledger("assignment");
  const turns = createTurns();
  const keepAges = async () => {
    const { backends, models, groups, hooks, chains } = nouns;
    for (const noun of [backends, models, groups, hooks, chains]) await noun.keepAges();
    await keepAssignments(groups, assignments);
  };
  return {
    ...nouns,
    providers: ledger("provider"),
    assignments,
    records: own,
    inTurn: wholly(turns, batch, surface.loadRecords),
    keepAges: () => turns(() => keptOrDropped(batch, keepAges)),
    tick,
  };
}

/** The registries know nothing of it, so nothing is read anew: reading may be what waits for it. */
async function keptOrDropped(batch: RecordBatch, keep: () => Promise<void>): Promise<void> {
  try {
    await keep();
    await batch.commit();
  } catch {
    batch.drop();
  }
}

function wholly(turns: Turns, batch: RecordBatch, loadRecords: LoadRecords): Turns {
  return (change) =>
    turns(async () => {
      try {
        const result = await change();
        await batch.commit();
        return result;
      } catch (error) {
        // The registries have it already.
        if (batch.drop()) await loadRecords.again();
        throw error;
      }
    });
}
