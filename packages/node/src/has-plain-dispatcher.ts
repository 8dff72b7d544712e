/** Where Node's `fetch`, and undici as a package, keep what sends requests: undici 8 keeps its own, and one for those before it. */
const PLACES = [Symbol.for("undici.globalDispatcher.1"), Symbol.for("undici.globalDispatcher.2")] as const;

let known: { readonly before: unknown; readonly own: unknown; readonly isPlain: boolean } | undefined;

/**
 * Whether the platform's `fetch` sends as it does by itself: nobody has given it a proxy, a mock, an agent with settings or
 * interceptors by `setGlobalDispatcher`, and the environment none by `NODE_USE_ENV_PROXY`. False where that cannot be told.
 */
export function hasPlainDispatcher(): boolean {
  const [before, own]: readonly unknown[] = PLACES.map((place) => Reflect.get(globalThis, place));
  if (known === undefined || known.before !== before || known.own !== own) {
    const isWrapped = own !== undefined && nameOf(before) === "Dispatcher1Wrapper";
    known = { before, own, isPlain: (isWrapped || isPlain(before)) && isPlain(own) };
  }
  return known.isPlain;
}

function isPlain(dispatcher: unknown): boolean {
  if (dispatcher === undefined) return true;
  if (typeof dispatcher !== "object" || dispatcher === null || nameOf(dispatcher) !== "Agent") return false;
  const options = Object.getOwnPropertySymbols(dispatcher).find((symbol) => symbol.description === "options");
  const given: unknown = options === undefined ? undefined : Reflect.get(dispatcher, options);
  if (typeof given !== "object" || given === null) return false;
  const hasSettings = Object.values(given).some((setting) => setting !== undefined);
  return !hasSettings && !isComposed(dispatcher);
}

/** Interceptors stand before the agent's own method. */
function isComposed(dispatcher: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(dispatcher);
  if (typeof prototype !== "object" || prototype === null) return true;
  return Reflect.get(dispatcher, "dispatch") !== Reflect.get(prototype, "dispatch");
}

function nameOf(dispatcher: unknown): string | undefined {
  return typeof dispatcher === "object" && dispatcher !== null ? dispatcher.constructor.name : undefined;
}
