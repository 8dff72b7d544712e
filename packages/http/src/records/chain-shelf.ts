import type { Chain, Json, JsonObject, RecordStore, Registry } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";
import type { Ledger } from "./ledger.ts";
import { newestFirst } from "./page.ts";

/** A chain as it is kept. */
export interface KeptChain {
  readonly id: string;
  readonly json: JsonObject;
  /** In microseconds since the Unix epoch. */
  readonly createdAt: number;
}

const KIND = "chain";

/** All chains that a runtime has, those too that cannot run: they are kept beside the others, and the registry does not take them. */
export class ChainShelf {
  readonly #chains: Registry<Chain>;
  readonly #records: RecordStore;
  readonly #ledger: Ledger;

  constructor(chains: Registry<Chain>, records: RecordStore, ledger: Ledger) {
    this.#chains = chains;
    this.#records = records;
    this.#ledger = ledger;
    for (const { id } of chains.list()) ledger.see(id);
  }

  /** What is kept, and what the program brings, is as old after a restart as it is now. */
  async keepAges(): Promise<void> {
    const brought = this.#chains.list().filter(({ origin }) => origin === "code");
    await this.#ledger.keep([...brought, ...(await this.#records.list(KIND))].map(({ id }) => id));
  }

  /** The newest first. */
  async list(): Promise<readonly KeptChain[]> {
    const kept = new Map<string, JsonObject>();
    for (const { id, value } of await this.#records.list(KIND)) if (isObject(value)) kept.set(id, value);
    // What comes from code wins; what an application registered later and does not keep is there too.
    for (const { id, origin, value } of this.#chains.list()) if (origin === "code") kept.set(id, value.toJSON());
    const found = [...kept].map(([id, json]) => ({ id, json }));
    const sheets = await this.#ledger.of(found.map(({ id }) => id));
    return found.map((one, index) => ({ ...one, createdAt: sheets[index]?.createdAt ?? 0 })).sort(newestFirst);
  }

  async get(id: string): Promise<JsonObject | undefined> {
    const entry = this.#chains.entry(id);
    if (entry?.origin === "code") return entry.value.toJSON();
    const record = await this.#records.get(KIND, id);
    return isObject(record) ? record : undefined;
  }

  /** Adds or replaces; a chain that was there keeps its place. */
  async put(id: string, json: JsonObject, chain: Chain | undefined): Promise<void> {
    const [chains, records] = [this.#chains, this.#records];
    this.#refuseCode(id);
    if ((await records.get(KIND, id)) === undefined) await this.#ledger.begin(id);
    else await this.#ledger.touch(id, await this.#ledger.get(id));
    const isRegistered = chains.entry(id) !== undefined;
    if (chain === undefined) {
      // The registry gives up the chain that this one replaces.
      if (isRegistered) await chains.delete(id, { records });
      await records.put(KIND, id, json);
    } else if (isRegistered) await chains.update(id, chain, { records });
    else await chains.create(chain, { origin: "record", records });
  }

  /** Whether there was one. */
  async delete(id: string): Promise<boolean> {
    const [chains, records] = [this.#chains, this.#records];
    this.#refuseCode(id);
    const isRegistered = chains.entry(id) !== undefined;
    if (isRegistered) await chains.delete(id, { records });
    const wasThere = isRegistered || (await records.delete(KIND, id));
    if (wasThere) await this.#ledger.remove(id);
    return wasThere;
  }

  #refuseCode(id: string): void {
    if (this.#chains.entry(id)?.origin !== "code") return;
    throw new HttpError(
      409,
      `the task chain ${JSON.stringify(id)} is part of the program and read-only here: change it there`,
    );
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
