import type { Chain } from "../chain/chain.ts";
import type { Handler } from "../handler/handler.ts";
import type { HookDefinition } from "../hook/hook.ts";
import type { Backend } from "../model/backend.ts";
import type { BackendType } from "../model/backend-type.ts";
import type { DeclaredModel } from "../model/declared-model.ts";
import type { TokenCounter } from "../model/token-counter.ts";
import type { AffinityGroup } from "../registry/affinity-group.ts";
import type { SelectionPolicy } from "../routing/policies/selection-policy.ts";
import type { RecordStore } from "../store/record-store.ts";
import type { RunStore } from "../store/run-store.ts";
import type { Clock } from "../surroundings/clock.ts";
import type { Fetch } from "../surroundings/fetch.ts";
import type { Ids } from "../surroundings/ids.ts";
import type { Logger } from "../surroundings/logger.ts";
import type { Random } from "../surroundings/random.ts";
import type { RuntimeDefaults } from "./runtime-defaults.ts";

/** Everything has a default; what is registered can be changed later through the registries. */
export interface RuntimeOptions {
  /** Where models are served. Their order is the order of preference for the policy `ordered`. Default: none; the first model call then says what to do. */
  readonly backends?: readonly Backend[] | undefined;
  /** What can open backends from records. */
  readonly backendTypes?: readonly BackendType[] | undefined;
  readonly chains?: readonly Chain[] | undefined;
  /** By the names that chains use. */
  readonly hooks?: Readonly<Record<string, HookDefinition>> | undefined;
  /** Custom kinds of task, by the names that chains use. */
  readonly handlers?: Readonly<Record<string, Handler>> | undefined;
  /** Routing policies of the application's own, beside those that are built in (`BUILT_IN_POLICIES`), whose names they may not have. */
  readonly policies?: readonly SelectionPolicy[] | undefined;
  /** Models and backends that belong together; a call that names a group never leaves it. Default: none but the three internal ones. */
  readonly groups?: readonly AffinityGroup[] | undefined;
  /** Whether a declared model that a backend of its group lacks, and could fetch, is fetched. Default `never`. */
  readonly pull?: "missing" | "never" | undefined;
  /** How often the runtime synchronises, in milliseconds, beginning at once and again after each change. Default: never; with `pull: "missing"` every 30,000. */
  readonly syncEveryMs?: number | undefined;
  /** What is known about models, wherever they are served; wins over what servers tell. */
  readonly models?: readonly DeclaredModel[] | undefined;
  /** Which model is meant where nobody names one. Default: the first that can do what is asked. */
  readonly defaults?: RuntimeDefaults | undefined;
  /** Keeps runs. Default: in memory, the last hundred. */
  readonly store?: RunStore | undefined;
  /** Keeps what is registered with the origin `record`; what it held before is there after the first `sync()`. Default: in memory. */
  readonly records?: RecordStore | undefined;
  /** Counts tokens for limits, for the counts in conversations, and for routing where an estimate is near what a model's context holds. Default: an estimate; for routing what the backend has. */
  readonly tokens?: TokenCounter | undefined;
  /** How many steps a run may take. Default 1,000. */
  readonly stepBudget?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  readonly ids?: Ids | undefined;
  /** Gets one record for each recorded run event, and for what happens to backends and downloads. What it throws is dropped. Default: nobody. */
  readonly logger?: Logger | undefined;
  /** Whether log records have text in them too: what was printed, outcomes, messages of errors, reasons of cancellations. All may quote what users and models said. Default false. */
  readonly logText?: boolean | undefined;
  /** Used by remote hooks, where the default is the platform's, and by backends from records, where it is their adapter's. */
  readonly fetch?: Fetch | undefined;
}
