import { createRuntime, type PromptResult, type Runtime } from "@catenary/core";
import { describe, expect, it } from "vitest";
import { ollama } from "../src/ollama.ts";
import { startMortalServer, whyNoServers } from "./mortal-server.ts";
import { notRun, realModels } from "./real-server.ts";

// A minute of real models is too long for every day.
const reason = process.env.CATENARY_LONG ? whyNoServers() : "it takes a minute: run test:long";
if (reason !== undefined) notRun("two real servers", reason, "ollama-pair");

/** How many call at the same time. */
const CALLERS = 3;
/** As many tries as a call makes where nobody says otherwise. */
const MOST_TRIES = 3;

type End = PromptResult | { readonly error: unknown };

describe.skipIf(reason !== undefined)("two real servers of one group", () => {
  it("answer all calls although one is killed under load, and the dead one takes part again once it is back", async () => {
    await using healthy = await startMortalServer();
    await using mortal = await startMortalServer();
    const routing = { concurrency: 2 };
    await using runtime = createRuntime({
      backends: [
        ollama({ id: "healthy", baseUrl: healthy.url, routing }),
        ollama({ id: "mortal", baseUrl: mortal.url, routing }),
      ],
      groups: [
        { id: "pair", backends: ["healthy", "mortal"] },
        { id: "first", backends: ["healthy"] },
        { id: "second", backends: ["mortal"] },
      ],
      defaults: { model: realModels.chat },
    });
    await Promise.all([ask(runtime, "first"), ask(runtime, "second")]);
    const load = new Load(runtime);

    await load.until((ends) => ends.some(isBy("mortal")) && ends.some(isBy("healthy")));
    // Now there are calls on both.
    await mortal.kill();
    await load.until((ends) => ends.some(sawItOut));
    const before = load.ends.length;
    await load.until((ends) => ends.length >= before + 6);
    const dead = load.ends.length;

    await mortal.start();
    await load.until((ends) => ends.slice(dead).some(isBy("mortal")));
    await load.stop();

    for (const end of load.ends) expect(end).not.toHaveProperty("error");
    const answers = load.ends.filter((end) => "route" in end);
    expect(answers.filter(({ route }) => route.tried.length > 1).length).toBeGreaterThan(0);
    for (const { route } of answers) expect(route.tried.length).toBeLessThanOrEqual(MOST_TRIES);
    console.log(summary(answers));
  }, 240_000);
});

function ask(runtime: Runtime, group: string): Promise<PromptResult> {
  // Always the same words: a small model may also say nothing, and that is no answer.
  return runtime.prompt("Say hello.", { maxTokens: 3, temperature: 0, seed: 1, routing: { group } });
}

/** Callers who ask again as soon as they are answered. */
class Load {
  readonly ends: End[] = [];
  readonly #callers: readonly Promise<void>[];
  #isOver = false;
  #onEnd = () => {};

  constructor(runtime: Runtime) {
    this.#callers = Array.from({ length: CALLERS }, () => this.#call(runtime));
  }

  async #call(runtime: Runtime): Promise<void> {
    while (!this.#isOver) {
      this.ends.push(await ask(runtime, "pair").catch((error: unknown) => ({ error })));
      this.#onEnd();
    }
  }

  /** Waits until what came of the calls so far is as it should be. */
  until(isSo: (ends: readonly End[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#onEnd = () => {
        if (isSo(this.ends)) resolve();
      };
      this.#onEnd();
    });
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#callers);
  }
}

function isBy(backend: string): (end: End) => boolean {
  return (end) => "backend" in end && end.backend === backend;
}

/** Whether the dead server was left out because its calls failed, or because it did not list its models any more. */
function sawItOut(end: End): boolean {
  if (!("route" in end)) return false;
  return end.route.dropped.some(
    ({ backend, stage, why }) => backend === "mortal" && (stage === "listed" || why.startsWith("it failed too often")),
  );
}

function summary(answers: readonly PromptResult[]): string {
  const second = answers.filter(({ route }) => route.tried.length > 1).length;
  const byMortal = answers.filter(isBy("mortal")).length;
  return `${answers.length} calls, all answered: ${byMortal} by the server that was killed, ${second} by the second that they tried`;
}
