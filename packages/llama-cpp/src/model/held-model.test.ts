import { expect, test, vi } from "vitest";
import { createHeldModel } from "./held-model.ts";
import type { OpenModel } from "./open-model.ts";

/** A place whose models come when they are told to. */
function scripted() {
  const loads: { readonly signal: AbortSignal; readonly found: PromiseWithResolvers<OpenModel> }[] = [];
  const held = createHeldModel((signal) => {
    const found = Promise.withResolvers<OpenModel>();
    loads.push({ signal, found });
    return found.promise;
  });
  return { loads, held };
}

function openModel(dispose: () => Promise<void>): OpenModel {
  // Safe here: a place does nothing else with its model.
  return { dispose } as OpenModel;
}

test("one loading serves all who ask, and what was given up is loaded anew", async () => {
  const { loads, held } = scripted();
  const waiting = [held.get(), held.get()];
  const model = openModel(async () => {});
  expect(held.isLoaded).toBe(false);
  loads[0]?.found.resolve(model);
  expect(await Promise.all(waiting)).toEqual([model, model]);
  expect(held.isLoaded).toBe(true);
  held.giveUp();
  expect(held.isLoaded).toBe(false);
  void held.get();
  expect(loads).toHaveLength(2);
});

test("a failed loading is told to who waited, and the next one begins anew", async () => {
  const { loads, held } = scripted();
  const first = held.get();
  loads[0]?.found.reject(new Error("no memory"));
  await expect(first).rejects.toThrow("no memory");
  void held.get();
  expect(loads).toHaveLength(2);
});

test("a model given up while it is loaded is stopped, and freed where it comes all the same", async () => {
  const { loads, held } = scripted();
  void held.get();
  held.giveUp();
  expect(loads[0]?.signal.aborted).toBe(true);
  const dispose = vi.fn(async () => {});
  loads[0]?.found.resolve(openModel(dispose));
  await held.freed();
  expect(dispose).toHaveBeenCalledOnce();
});

test("who waits for the memory waits for each model given up, also for one that could not be freed", async () => {
  const { loads, held } = scripted();
  const slow = Promise.withResolvers<void>();
  for (const dispose of [() => slow.promise, () => Promise.reject(new Error("not freed"))]) {
    void held.get();
    loads.at(-1)?.found.resolve(openModel(dispose));
    held.giveUp();
  }
  let isFree = false;
  const freed = held.freed().then(() => {
    isFree = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isFree).toBe(false);
  slow.resolve();
  await freed;
});

test("giving up an empty place does nothing", async () => {
  const { loads, held } = scripted();
  held.giveUp();
  await held.freed();
  expect(loads).toEqual([]);
});
