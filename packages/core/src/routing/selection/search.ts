import type { BackendState } from "../../fleet/backend-state.ts";
import type { RouteRecord } from "../../value/route-record.ts";
import type { Wanted } from "../call/model-request.ts";
import type { Sifted } from "../candidates/candidate.ts";
import type { Scope } from "../candidates/scopes.ts";
import { record } from "./record-dropped.ts";
import type { ResolveOptions, RoutingParts } from "./resolve.ts";
import type { Chosen, Full, Nobody, Selection } from "./selection.ts";
import { type SelectOptions, Selector } from "./selector.ts";

/** Who could take a call, in each group where it may go. */
export interface Found {
  readonly states: readonly BackendState[];
  readonly suited: readonly (Sifted & { readonly scope: Scope })[];
}

interface Known {
  readonly selector: Selector;
  /** The lists that the health book was told of. */
  states: readonly BackendState[] | undefined;
}

/** One selector for each runtime. */
const selectors = new WeakMap<RoutingParts["health"], Known>();

/** Looks for somebody to take one call, in one group after the other. */
export class Search {
  readonly #parts: RoutingParts;
  readonly #wanted: Wanted;
  readonly #options: ResolveOptions;
  readonly #found: Found;
  readonly #selector: Selector;
  readonly #request: string;

  constructor(parts: RoutingParts, wanted: Wanted, options: ResolveOptions, found: Found) {
    this.#parts = parts;
    this.#wanted = wanted;
    this.#options = options;
    this.#found = found;
    this.#selector = selectorOf(parts, found.states);
    this.#request = requestOf(wanted);
  }

  /** Whoever can take it first; else those that are worth waiting for, of all groups; else the reason that ends soonest. */
  select(): Selection {
    const full: Full[] = [];
    let nobody: Nobody | undefined;
    for (const { scope, kept } of this.#found.suited) {
      if (kept.length === 0) continue;
      const selection = this.#selector.select(kept, this.#optionsOf(scope));
      if (selection.is === "chosen") return this.#complete(selection);
      if (selection.is === "full") full.push(selection);
      else if (nobody === undefined || isSooner(selection, nobody)) nobody = selection;
    }
    const [first, ...others] = full;
    if (first !== undefined) return others.length === 0 ? first : together(full);
    return nobody ?? { is: "none", why: "tried", retryAfterMs: undefined, dropped: [] };
  }

  #optionsOf({ name, policy }: Scope): SelectOptions {
    const { tried, lastFailure, isOwnRetry = false } = this.#options;
    const { session, contextLength, outputTokens = 0 } = this.#wanted;
    return {
      policy: this.#wanted.policy ?? policy ?? this.#parts.defaultPolicy,
      now: this.#parts.clock.now(),
      tried,
      isOwnRetry,
      scope: name ?? "",
      request: this.#request,
      tokens: contextLength + outputTokens,
      // A session that uses several models is at several places.
      session: session === undefined ? undefined : `${session}\n${this.#request}`,
      ...(lastFailure !== undefined && { lastFailure }),
    };
  }

  /** Adds those that were left out before health was looked at. */
  #complete(chosen: Chosen): Chosen {
    const left = [...this.#silent(), ...this.#unsuited()];
    if (left.length === 0) return chosen;
    return { ...chosen, decision: { ...chosen.decision, dropped: [...left, ...chosen.decision.dropped] } };
  }

  #unsuited(): RouteRecord["dropped"] {
    return this.#found.suited.flatMap(({ dropped }) =>
      dropped.map(({ candidate, stage, why }) => record(candidate, stage, why)),
    );
  }

  /** Backends that could have been meant and did not say what they serve: all that is known of them is that they did not answer. */
  #silent(): RouteRecord["dropped"] {
    const { providers } = this.#wanted;
    return this.#found.states.flatMap(({ backend, error }) =>
      error !== undefined && (providers.length === 0 || providers.includes(backend.type))
        ? [{ backend: backend.id, model: "", stage: "listed", why: error.message }]
        : [],
    );
  }
}

function selectorOf(parts: RoutingParts, states: readonly BackendState[]): Selector {
  let known = selectors.get(parts.health);
  if (known === undefined) {
    known = { selector: new Selector(parts), states: undefined };
    selectors.set(parts.health, known);
  }
  if (known.states !== states) {
    known.states = states;
    for (const state of states) parts.health.listed(state);
  }
  return known.selector;
}

/** What stands for all calls that mean the same candidates, as far as their names go. */
function requestOf({ kind, models, providers }: Wanted): string {
  if (models.length + providers.length === 0) return kind;
  return `${kind}\n${models.join("\n")}\n\n${providers.join("\n")}`;
}

function isSooner(a: Nobody, b: Nobody): boolean {
  return (a.retryAfterMs ?? Infinity) < (b.retryAfterMs ?? Infinity);
}

function together(full: readonly Full[]): Full {
  const wakeAt = Math.min(...full.map((one) => one.wakeAt ?? Infinity));
  return {
    is: "full",
    backends: [...new Set(full.flatMap(({ backends }) => backends))],
    unwell: [...new Set(full.flatMap(({ unwell }) => unwell))],
    wakeAt: Number.isFinite(wakeAt) ? wakeAt : undefined,
  };
}
