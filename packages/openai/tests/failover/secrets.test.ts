import { inspect } from "node:util";
import { CatenaryError, createRuntime, defineChain, type Runtime } from "@catenary/core";
import { nodeFetch } from "@catenary/node";
import { expect, it } from "vitest";
import { KEEPERS, type Misdeed, MODEL, openKeepers } from "./secrets/keeper.ts";

const MISDEEDS: Readonly<Record<string, Misdeed>> = {
  ...Object.fromEntries(
    [400, 401, 403, 404, 408, 422, 429, 500, 503].map((status) => [
      `a ${status}`,
      (echo: string) =>
        ({ kind: "status", status, message: echo, headers: { "x-echo": echo, "set-cookie": echo } }) as const,
    ]),
  ),
  "a hint": (message) => ({ kind: "status", status: 429, message, retryAfterSeconds: 1 }),
  "a page": (echo) => ({ kind: "status", status: 502, body: `<html><title>${echo}</title></html>` }),
  "an answer that is none": (echo) => ({ kind: "status", status: 200, body: JSON.stringify({ echo }) }),
  "an answer that is no JSON": (echo) => ({ kind: "status", status: 200, body: `{"${echo}` }),
  "a redirect to somebody else": (message, elsewhere) => ({
    kind: "status",
    status: 307,
    message,
    headers: { location: `${elsewhere}/v1/chat/completions` },
  }),
  "an error in the middle": () => ({ kind: "fail in the middle" }),
  "a broken connection": () => ({ kind: "reset" }),
  "a cut": () => ({ kind: "cut", afterBytes: 40 }),
  "a stall": () => ({ kind: "stall", afterChunks: 1 }),
  silence: () => ({ kind: "hang" }),
};

/** A list is waited for longer than a test should be. */
const SILENT: readonly string[] = ["silence", "a stall"];

const routing = { attempts: KEEPERS.length, deadline: "400ms" };
const chain = defineChain({
  id: "ask",
  input: "string",
  debug: true,
  tasks: { say: { handler: "raw_string", executeConfig: { routing } } },
});
const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "Hi" }] }];

it.each(Object.entries(MISDEEDS))(
  "a key of a backend is told to nobody but its own server, whatever goes wrong: %s",
  async (name, misdeed) => {
    await using fetch = nodeFetch();
    await using keepers = await openKeepers(fetch, { firstTokenTimeoutMs: 50, answerTimeoutMs: 50, idleTimeoutMs: 50 });
    const seen = new Seen();
    await using runtime = createRuntime({
      backends: keepers.map(({ backend }) => backend),
      groups: KEEPERS.map((id) => ({ id, backends: [id] })),
      defaults: { model: MODEL, policy: "ordered" },
      logger: { log: (...line) => seen.add(line) },
      logText: true,
    });
    for (const kind of ["*", "step_delta", "backend_reachable", "backend_unreachable", "models_changed"] as const) {
      runtime.on(kind, (event) => seen.add(event));
    }
    await runtime.sync();
    for (const [at, keeper] of keepers.entries()) {
      keeper.misbehave(misdeed, keepers[(at + 1) % keepers.length]?.url ?? "", false);
    }

    await callAll(runtime, undefined, seen);
    await Promise.all(KEEPERS.map((group) => callAll(runtime, group, seen)));
    if (!SILENT.includes(name)) {
      for (const keeper of keepers) keeper.misbehave(misdeed, keepers[0]?.url ?? "", true);
      // What it serves, and why not; the backend itself has its address, as it was given.
      seen.add((await runtime.sync()).map(({ models, error }) => ({ models, error })));
    }
    for (const run of await runtime.runs.list()) seen.add(await runtime.runs.get(run.runId));

    expect(seen.texts.length).toBeGreaterThan(20);
    for (const keeper of keepers) {
      // It did send its key, to its own server.
      expect(keeper.received.some((request) => request.includes(keeper.key))).toBe(true);
      expect(keeper.received.some((request) => request.includes(keeper.pathKey))).toBe(true);
      for (const text of seen.texts) {
        expect(text).not.toContain(keeper.key);
        expect(text).not.toContain(keeper.pathKey);
      }
      for (const other of keepers) {
        if (other === keeper) continue;
        for (const secret of [keeper.key, keeper.pathKey]) expect(other.received.join("\n")).not.toContain(secret);
      }
    }
  },
  30_000,
);

/** Asks in every way. */
async function callAll(runtime: Runtime, group: string | undefined, seen: Seen): Promise<void> {
  const held = { ...routing, ...(group !== undefined && { group }) };
  const model = runtime.model(held);
  const run = runtime.start(chain, "Hi");
  const ends = await Promise.allSettled([
    readAll(run.textStream),
    run.result(),
    runtime.prompt("Hi", { routing: held }),
    runtime.embed("Hi", { routing: held }),
    model.doGenerate({ prompt }),
    Promise.resolve(model.doStream({ prompt })).then(({ stream }) => readAll(stream)),
  ]);
  for (const end of ends) seen.add(end.status === "fulfilled" ? end.value : end.reason);
}

async function readAll(parts: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

/** Everything that anybody got to see, in each form in which it can be looked at. */
class Seen {
  readonly texts: string[] = [];

  add(thing: unknown): void {
    this.texts.push(inspect(thing, { depth: 12, showHidden: CatenaryError.isInstance(thing) }));
    this.texts.push(JSON.stringify(thing) ?? "");
    if (thing instanceof Error) this.texts.push(String(thing), thing.stack ?? "");
  }
}
