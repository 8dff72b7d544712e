import type { NoCandidateError } from "../../errors/no-candidate-error.ts";
import type { BackendState } from "../../fleet/backend-state.ts";
import type { RouteRecord } from "../../value/route-record.ts";
import type { Wanted } from "../call/model-request.ts";
import type { Candidate, Dropped, Sifted } from "../candidates/candidate.ts";
import { eligible } from "../candidates/eligible.ts";
import { explainRejection } from "../candidates/explain-rejection.ts";
import { listCandidates } from "../candidates/list-candidates.ts";
import { recordOf } from "../candidates/record-of.ts";
import { type Scope, scopesOf } from "../candidates/scopes.ts";
import type { Counted, TextCount } from "../candidates/text-count.ts";
import { uncounted } from "../candidates/uncounted.ts";
import type { ResolveOptions, RoutingParts } from "./resolve.ts";
import type { Chosen, Decision, Full, Nobody, Selection } from "./selection.ts";
import type { SelectOptions } from "./selector.ts";

/** Those that suit a call, in one of the groups where it may go. */
type SuitedIn = Sifted & { readonly scope: Scope };

/** Looks for somebody to take one call, in one group after the other. What it goes by is what is registered when it looks. */
export class Search {
  readonly #parts: RoutingParts;
  readonly #wanted: Wanted;
  readonly #options: ResolveOptions;
  readonly #request: string;
  #states: readonly BackendState[] = [];
  #scopes: readonly Scope[] = [];
  #declared: ReturnType<RoutingParts["declared"]> | undefined;
  #suited: readonly SuitedIn[] = [];
  /** Why nobody of these groups could be asked when they were last looked at. */
  readonly #nobodies = new Map<Scope, Nobody>();

  constructor(parts: RoutingParts, wanted: Wanted, options: ResolveOptions) {
    this.#parts = parts;
    this.#wanted = wanted;
    this.#options = options;
    this.#request = requestOf(wanted);
  }

  /** Whether anybody suits it that it has not tried, of what these serve. */
  hasAnyIn(states: readonly BackendState[]): boolean {
    return this.#suitedIn(states).some(({ kept }) => kept.some((candidate) => !this.#wasTried(candidate)));
  }

  /** From now on these are searched. */
  look(states: readonly BackendState[]): void {
    const scopes = scopesOf(this.#wanted, this.#parts.groups());
    const declared = this.#parts.declared();
    if (states === this.#states && scopes === this.#scopes && declared === this.#declared) return;
    this.#states = states;
    this.#scopes = scopes;
    this.#declared = declared;
    this.#suited = this.#suitedIn(states);
  }

  /** Counts the call's text for those whose context it is near, or beyond where nobody else suits it: an estimate alone decides nothing that somebody can count. */
  async count(signal: AbortSignal): Promise<void> {
    const { count } = this.#wanted;
    if (count === undefined) return;
    const near = uncounted(this.#wanted, this.#suited, this.#parts.tokens);
    if (near.length > 0) await this.#countFor(near, count, signal);
    if (!this.isInVain) return;
    const beyond = uncounted(this.#wanted, this.#suited, this.#parts.tokens, Infinity);
    if (beyond.length > 0) await this.#countFor(beyond, count, signal);
  }

  async #countFor(counted: readonly Counted[], count: TextCount, signal: AbortSignal): Promise<void> {
    await count.count(counted, signal);
    this.#suited = this.#suitedIn(this.#states);
  }

  /** Looks again at what is registered now, for a call that waits: nobody else suits it any more where that throws. */
  selectAnew(): Selection {
    this.look(this.#parts.fleet.now());
    if (this.#options.tried.length === 0 && this.isInVain) throw this.rejection();
    return this.select();
  }

  /** Whether nobody suits it. */
  get isInVain(): boolean {
    return this.#suited.every(({ kept }) => kept.length === 0);
  }

  /** Why nobody suits it. */
  rejection(): NoCandidateError {
    const dropped = this.#suited.flatMap((one): readonly Dropped[] => one.dropped);
    const { declared, groups } = this.#parts;
    const downloads = this.#parts.downloads?.() ?? [];
    const meant = [
      ...declared().map(({ name }) => name),
      ...groups().flatMap(({ models = [] }) => models),
      ...downloads.map(({ model }) => model),
    ];
    return explainRejection(this.#wanted, this.#states, dropped, this.#scopes, downloads, meant);
  }

  /** Whether somebody else than the one that has the call could take it now. */
  hasOthers(candidate: Candidate): boolean {
    const tried = [...this.#options.tried, candidate];
    return this.#suited.some(
      ({ scope, kept }) =>
        kept.length > 0 && this.#parts.selector.couldGoOn(kept, { ...this.#optionsOf(scope), tried }),
    );
  }

  /** Whoever can take it first, those that are well before others; else those that are worth waiting for, of all groups; else the reason that ends soonest. */
  select(): Selection {
    return this.#selectWell() ?? this.#selectAny();
  }

  /** Where there is an overflow: nobody unwell is asked, as nobody else would be, while somebody well is left in any of the groups. */
  #selectWell(): Chosen | undefined {
    if (this.#suited.length === 1) return undefined;
    for (const [at, { scope, kept }] of this.#suited.entries()) {
      if (kept.length === 0) continue;
      const selection = this.#parts.selector.select(kept, { ...this.#optionsOf(scope), onlyWell: true });
      if (selection.is === "chosen") return this.#complete(selection, at);
    }
    return undefined;
  }

  #selectAny(): Selection {
    if (this.#nobodies.size > 0) this.#nobodies.clear();
    const full: Full[] = [];
    let nobody: Nobody | undefined;
    for (const [at, { scope, kept }] of this.#suited.entries()) {
      if (kept.length === 0) continue;
      const selection = this.#parts.selector.select(kept, this.#optionsOf(scope));
      if (selection.is === "chosen") return this.#complete(selection, at);
      if (selection.is === "full") {
        full.push(selection);
        continue;
      }
      this.#nobodies.set(scope, selection);
      if (nobody === undefined || isForGood(nobody) || isSooner(selection, nobody)) nobody = selection;
    }
    const [first, ...others] = full;
    if (first !== undefined) return others.length === 0 ? first : together(full);
    return nobody ?? { is: "none", why: "tried", policy: "", retryAfterMs: undefined, dropped: [] };
  }

  /** Who is left out of the call as it stands, for its record where it waits or nobody takes it. Never throws. */
  leftOut(): Decision {
    const first = this.#suited[0]?.scope;
    const unable = this.#suited.flatMap((one) => this.#unableIn(one));
    return {
      policy: this.#policyIn(first),
      candidates: this.#countTo(this.#suited.length),
      ...(first?.name !== undefined && { group: first.name }),
      dropped: [...this.#silent(), ...this.#unsuited(), ...unable],
    };
  }

  #unableIn({ scope, kept }: SuitedIn): RouteRecord["dropped"] {
    if (kept.length === 0) return [];
    return this.#nobodies.get(scope)?.dropped ?? this.#parts.selector.leftOut(kept, this.#optionsOf(scope));
  }

  #policyIn(scope: Scope | undefined): string {
    return this.#wanted.policy ?? scope?.policy ?? this.#parts.defaultPolicy;
  }

  #suitedIn(states: readonly BackendState[]): readonly SuitedIn[] {
    return scopesOf(this.#wanted, this.#parts.groups()).map((scope) => ({
      scope,
      ...eligible(this.#wanted, listCandidates(this.#wanted, states, this.#parts, scope)),
    }));
  }

  #wasTried({ health }: Candidate): boolean {
    return this.#options.tried.some((other) => other.health === health);
  }

  #optionsOf(scope: Scope): SelectOptions {
    const { tried, lastFailure, isOwnRetry = false } = this.#options;
    const { session, contextLength, promptTokens = contextLength, outputTokens = 0 } = this.#wanted;
    return {
      policy: this.#policyIn(scope),
      now: this.#parts.clock.now(),
      tried,
      isOwnRetry,
      scope: scope.name ?? "",
      request: this.#request,
      tokens: promptTokens + outputTokens,
      promptTokens,
      // A session that uses several models is at several places.
      session: session === undefined ? undefined : `${session}\n${this.#request}`,
      ...(lastFailure !== undefined && { lastFailure }),
    };
  }

  /** Adds those that were left out before health was looked at, and those of the nearer groups. */
  #complete(chosen: Chosen, at: number): Chosen {
    const nearer = at === 0 ? [] : this.#suited.slice(0, at).flatMap((one) => this.#unableIn(one));
    const left = [...this.#silent(), ...this.#unsuited(), ...nearer];
    if (left.length === 0) return chosen;
    const { decision } = chosen;
    const dropped = [...left, ...decision.dropped];
    return { ...chosen, decision: { ...decision, candidates: this.#countTo(at + 1), dropped } };
  }

  /** How many candidates there are in the nearest groups. */
  #countTo(groups: number): number {
    return this.#suited.slice(0, groups).reduce((sum, { kept, dropped }) => sum + kept.length + dropped.length, 0);
  }

  #unsuited(): RouteRecord["dropped"] {
    return this.#suited.flatMap(({ dropped }) =>
      dropped.map(({ candidate, stage, why }) => recordOf(candidate, stage, why)),
    );
  }

  /** Backends that could have been meant and did not say what they serve: all that is known of them is that they did not answer. */
  #silent(): RouteRecord["dropped"] {
    const { providers } = this.#wanted;
    return this.#states.flatMap(({ backend, error }) =>
      error !== undefined && (providers.length === 0 || providers.includes(backend.type))
        ? [{ backend: backend.id, model: "", stage: "listed", why: error.message }]
        : [],
    );
  }
}

/** What stands for all calls that mean the same candidates, as far as their names go. */
function requestOf({ kind, models, providers }: Wanted): string {
  if (models.length + providers.length === 0) return kind;
  return `${kind}\n${models.join("\n")}\n\n${providers.join("\n")}`;
}

/** No time mends it, so that another reason says more. */
function isForGood({ why }: Nobody): boolean {
  return why === "tried" || why === "weightless";
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
