import type { Chain } from "./chain/chain.ts";
import { CatenaryError } from "./errors/catenary-error.ts";
import { messageOf } from "./errors/message-of.ts";
import { TypedEmitter } from "./events/typed-emitter.ts";
import { createFleetParts, type FleetParts } from "./fleet/create-fleet-parts.ts";
import type { Downloads } from "./fleet/downloads.ts";
import { builtInHandlers, type NamedHandler } from "./handler/built-in-handlers.ts";
import { customHandler } from "./handler/custom-handler.ts";
import type { Handler } from "./handler/handler.ts";
import { checkHook } from "./hook/check-hook.ts";
import { hookRecords } from "./hook/hook-records.ts";
import type { NamedHook } from "./hook/named-hook.ts";
import type { Backend } from "./model/backend.ts";
import type { DeclaredModel } from "./model/declared-model.ts";
import { estimatedTokens } from "./model/token-counter.ts";
import type { AffinityGroup } from "./registry/affinity-group.ts";
import { backendRecords } from "./registry/backend-records.ts";
import { checkBackend, checkChainEntry, checkGroup, checkModel } from "./registry/check-entry.ts";
import { asInternal, INTERNAL_GROUPS } from "./registry/internal-groups.ts";
import { chainRecords, plainRecords } from "./registry/record-codecs.ts";
import { Registry } from "./registry/registry.ts";
import { whileUnchanged } from "./registry/while-unchanged.ts";
import { HealthBook } from "./routing/health/health-book.ts";
import { withHealth } from "./routing/health/report-health.ts";
import { auto } from "./routing/policies/auto.ts";
import { listPolicies } from "./routing/policies/list-policies.ts";
import type { RoutingPolicy } from "./routing/policies/routing-policy.ts";
import { checkPolicyOf, knownPolicy } from "./routing/policies/unknown-policy.ts";
import { Selector } from "./routing/selection/selector.ts";
import { Changes } from "./routing/waiting/changes.ts";
import type { ActiveRun } from "./run/active-run.ts";
import { checkRuntimeOptions } from "./run/check-runtime-options.ts";
import { createRuns } from "./run/create-runs.ts";
import { chatOnce, embedOnce, promptOnce } from "./run/direct-calls.ts";
import { knownNames } from "./run/known-names.ts";
import { logEvent } from "./run/log-events.ts";
import { OpenCalls } from "./run/open-calls.ts";
import { routedEmbeddingModel, routedLanguageModel } from "./run/routed-models.ts";
import { checkEventName } from "./run/run-event-names.ts";
import { createRunHandle, outputOf } from "./run/run-handle.ts";
import type { RunEventMap, RunParts } from "./run/run-parts.ts";
import type { Runtime } from "./run/runtime.ts";
import { declaredDefaults, modelsOfDefaults } from "./run/runtime-defaults.ts";
import type { RuntimeOptions } from "./run/runtime-options.ts";
import { type RunStarter, startRun } from "./run/start-run.ts";
import { logCallEvent } from "./run/tell-call.ts";
import { createMemoryRecordStore } from "./store/memory-record-store.ts";
import { createMemoryRunStore } from "./store/memory-run-store.ts";
import type { RecordStore } from "./store/record-store.ts";
import { systemClock } from "./surroundings/clock.ts";
import { systemFetch } from "./surroundings/fetch.ts";
import { systemIds } from "./surroundings/ids.ts";
import { isolated, silentLogger } from "./surroundings/logger.ts";
import { systemRandom } from "./surroundings/random.ts";

/** How many steps a run may take where nobody says. A cycle without a way out ends then. */
const DEFAULT_STEP_BUDGET = 1_000;

/**
 * Makes a runtime: backends, hooks and chains in, runs out. It opens no port, reads no environment,
 * and starts nothing in the background unless `syncEveryMs` or `pull: "missing"` says so.
 *
 * ```ts
 * import { createRuntime, defineChain } from "@catenary/core";
 * import { ollama } from "@catenary/ollama";
 *
 * const runtime = createRuntime({ backends: [ollama()], defaults: { model: "smollm2:135m" } });
 * const chain = defineChain({ id: "answer", tasks: { answer: { handler: "raw_string" } } });
 * const { output } = await runtime.run(chain, "Hello!");
 * ```
 */
export function createRuntime(options: RuntimeOptions = {}): Runtime {
  checkRuntimeOptions(options);
  let onChange = () => {};
  const store = options.records ?? createMemoryRecordStore();
  const policies = listPolicies(options.policies);
  const { openBackend, ...registries } = createRegistries(options, policies, store, () => onChange());
  const { parts, active, fleetParts } = createParts(options, policies, registries);
  const { downloads, reconciler } = fleetParts;
  onChange = () => {
    fleetParts.changed();
    parts.routing.changes.tell();
  };
  const starter: RunStarter = {
    parts,
    chains: registries.chains,
    hooks: registries.hooks,
    stepBudget: options.stepBudget ?? DEFAULT_STEP_BUDGET,
    active,
    prepared: new WeakMap(),
  };
  let isClosed = false;
  const refuseClosed = () => {
    if (isClosed) throw closedError("so nothing can be started with it");
  };
  const openParts = () => {
    refuseClosed();
    return parts;
  };
  const close = async () => {
    isClosed = true;
    fleetParts.stop(closedError("so the download was cancelled"));
    for (const run of active.values()) run.cancel("the runtime was closed");
    const calls = parts.openCalls.end(closedError("so the call was cancelled"));
    await Promise.all([calls, ...[...active.values()].map((run) => run.result)]);
    parts.emitter.clear();
  };
  reconciler.start();
  return {
    ...registries,
    openBackend,
    records: store,
    downloads: onlyDownloads(downloads, refuseClosed),
    runs: createRuns(parts.store, active),
    defaults: parts.defaults,
    start: (chain, input, runOptions = {}) => {
      refuseClosed();
      return createRunHandle(startRun(starter, chain, input, runOptions));
    },
    run: (chain, input, runOptions = {}) => {
      try {
        refuseClosed();
        return outputOf<never>(startRun(starter, chain, input, runOptions));
      } catch (error) {
        return Promise.reject(error);
      }
    },
    prompt: async (text, callOptions) => promptOnce(openParts(), text, callOptions),
    chat: async (history, callOptions) => chatOnce(openParts(), history, callOptions),
    embed: async (text, callOptions) => embedOnce(openParts(), text, callOptions),
    model: (selection) => routedLanguageModel(parts, selection),
    embeddingModel: (selection) => routedEmbeddingModel(parts, selection),
    on: (kind, listener) => {
      checkEventName(kind);
      return parts.emitter.on(kind, listener);
    },
    knownNames: () => knownNames(parts),
    sync: async () => {
      refuseClosed();
      return reconciler.sync();
    },
    states: async () => withHealth(await fleetParts.fleet.states(() => true), parts.routing.health, parts.clock.now()),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function closedError(so: string): CatenaryError {
  return new CatenaryError("runtime_closed", `the runtime was closed, ${so}`, { failure: "cancelled" });
}

/** What is closed fetches nothing; what it fetched can still be looked at. */
function onlyDownloads(downloads: Downloads, refuseClosed: () => void): Runtime["downloads"] {
  return {
    list: () => downloads.list(),
    get: (id) => downloads.get(id),
    create: (place) => {
      refuseClosed();
      return downloads.create(place);
    },
    cancel: (id) => downloads.cancel(id),
    retry: (id) => {
      refuseClosed();
      return downloads.retry(id);
    },
    delete: (id) => downloads.delete(id),
    wait: (id, options) => downloads.wait(id, options),
  };
}

type Policies = ReadonlyMap<string, RoutingPolicy>;

function createRegistries(options: RuntimeOptions, policies: Policies, store: RecordStore, onChange: () => void) {
  const backends = backendRecords(store, options.backendTypes ?? [], options.fetch);
  const hooks = Object.entries(options.hooks ?? {}).map(([name, hook]): NamedHook => ({ name, hook }));
  return {
    openBackend: backends.open,
    chains: new Registry<Chain>(
      { noun: "chain", idOf: ({ id }) => id, check: checkChainEntry, records: chainRecords(store) },
      options.chains,
    ),
    backends: new Registry<Backend>(
      { noun: "backend", idOf: ({ id }) => id, check: checkBackend, records: backends, onChange },
      options.backends,
    ),
    models: new Registry<DeclaredModel>(
      { noun: "model", idOf: ({ name }) => name, check: checkModel, records: plainRecords(store, "model"), onChange },
      options.models,
    ),
    groups: new Registry<AffinityGroup>(
      {
        noun: "group",
        idOf: ({ id }) => id,
        check: checkGroup,
        checkGiven: (group) => checkPolicyOf(group, policies),
        records: plainRecords(store, "group"),
        internal: INTERNAL_GROUPS,
        onChange,
      },
      options.groups?.map(asInternal),
    ),
    hooks: new Registry<NamedHook>(
      {
        noun: "hook",
        idOf: ({ name }) => name,
        check: ({ name, hook }) => checkHook(name, hook),
        records: hookRecords(store),
      },
      hooks,
    ),
  };
}

function createParts(
  options: RuntimeOptions,
  policies: Policies,
  registries: Omit<ReturnType<typeof createRegistries>, "openBackend">,
): { parts: RunParts; active: Map<string, ActiveRun>; fleetParts: FleetParts } {
  const { backends, models, groups, hooks } = registries;
  const clock = options.clock ?? systemClock;
  const random = options.random ?? systemRandom;
  const logger = options.logger === undefined ? silentLogger : isolated(options.logger);
  const defaults = options.defaults ?? {};
  const emitter = new TypedEmitter<RunEventMap>((error, kind) => {
    logger.log("error", "listener_failed", { kind, error: messageOf(error) });
  });
  if (options.logger !== undefined) emitter.on("*", (event) => logEvent(logger, event, options.logText === true));
  const health = new HealthBook({ clock, random });
  const changes = new Changes();
  const defaultModels = modelsOfDefaults(defaults);
  const groupsNow = whileUnchanged(groups, (values) => values);
  const namedModels = whileUnchanged(models, (values) => [...values, ...defaultModels]);
  const fleetParts = createFleetParts({
    backends,
    declarations: () => ({ models: namedModels(), groups: groupsNow() }),
    load: async () => {
      for (const registry of [registries.chains, backends, models, groups, hooks]) await registry.load();
    },
    pull: options.pull ?? "never",
    syncEveryMs: options.syncEveryMs,
    clock,
    random,
    logger,
    // Safe: an event's kind is its name in the map.
    onEvent: (event) => emitter.emit(event.kind, event as never),
    onAnswer: (state) => {
      health.listed(state);
      changes.tell();
    },
  });
  const parts: RunParts = {
    handlers: withCustom(builtInHandlers(), options.handlers ?? {}),
    hook: (name) => hooks.get(name)?.hook,
    hookNames: () => hooks.list().map(({ id }) => id),
    routing: {
      fleet: fleetParts.fleet,
      declared: whileUnchanged(models, (values) => [...values, ...declaredDefaults(defaults)]),
      groups: groupsNow,
      downloads: () => fleetParts.downloads.list(),
      health,
      selector: new Selector({ health, policies, random, logger }),
      changes,
      policies,
      defaultPolicy: knownPolicy(defaults.policy ?? auto.name, policies),
      tokens: options.tokens,
      random,
      clock,
      logger,
    },
    defaults,
    store: options.store ?? createMemoryRunStore(),
    tokens: options.tokens ?? estimatedTokens,
    clock,
    random,
    ids: options.ids ?? systemIds,
    fetch: options.fetch ?? systemFetch,
    emitter,
    openCalls: new OpenCalls(),
    ...(options.logger !== undefined && { logCall: (event) => logCallEvent(logger, event, options.logText === true) }),
  };
  return { parts, active: new Map(), fleetParts };
}

function withCustom(
  handlers: Map<string, NamedHandler>,
  custom: Readonly<Record<string, Handler>>,
): Map<string, NamedHandler> {
  for (const [name, handler] of Object.entries(custom)) {
    if (handlers.has(name))
      throw new CatenaryError("already_exists", `the handler ${name} is built in: give yours another name`);
    handlers.set(name, customHandler(name, handler));
  }
  return handlers;
}
