import { createRuntime, type Runtime, type StepRecord } from "@catenary/core";
import { ollama } from "@catenary/ollama";
import { openai } from "@catenary/openai";
import type { Served } from "@catenary/testing/node";
import { support } from "./chain.ts";
import { explainRoute } from "./explain-route.ts";
import type { Site } from "./site.ts";
import { TICKETS } from "./tickets.ts";

/** Where the story is told to, a line at a time. */
export type Tell = (line: string) => void;

/** Every host has this many calls at once; the others wait where they can still go elsewhere. */
const PLACES = 2;

/** One runtime over two hosts and a hosted model, with one group. */
export function runtimeOf({ hosts, model, hosted }: Site): Runtime {
  const { apiKey, baseUrl } = hosted;
  return createRuntime({
    backends: [
      ...hosts.map(({ url }, place) =>
        ollama({ id: `gpu-${place + 1}`, baseUrl: url, routing: { priority: 0, concurrency: PLACES } }),
      ),
      openai({
        id: "hosted",
        apiKey,
        models: [hosted.model],
        routing: { priority: 1 },
        ...(baseUrl !== undefined && { baseUrl }),
      }),
    ],
    groups: [{ id: "house", name: "Our own machines", backends: ["gpu-1", "gpu-2"], models: [model] }],
  });
}

/** Answers tickets while the hosts are taken down one after the other, and tells of each call where it went and why. */
export async function runStory(site: Site, tell: Tell): Promise<void> {
  const [first, second] = site.hosts;
  if (first === undefined || second === undefined) throw new Error("the story needs two hosts");
  const runtime = runtimeOf(site);
  tell(site.note);

  tell("\nBoth hosts are there.");
  await answer(runtime, TICKETS.slice(0, 4), tell);

  tell("\ngpu-1 is taken down while it answers.");
  await Promise.all([answer(runtime, TICKETS.slice(4), tell), takeDownWhileBusy(first)]);

  tell("\ngpu-2 is taken down, too.");
  await second.close();
  await answer(runtime, TICKETS.slice(0, 2), tell);
  await runtime.close();
}

async function answer(runtime: Runtime, tickets: readonly string[], tell: Tell): Promise<void> {
  await Promise.all(
    tickets.map(async (ticket) => {
      const { steps } = await runtime.run(support, ticket);
      tell([`“${ticket}”`, ...steps.map(lineOf)].join("\n"));
    }),
  );
}

function lineOf({ taskId, backend, route, error }: StepRecord): string {
  const where = error === undefined ? backend : "nobody";
  const why = route === undefined ? (error?.message ?? "") : explainRoute(route);
  return `  ${taskId.padEnd(6)} ${(where ?? "").padEnd(7)} ${why}`;
}

/** How often we look, and how long at most, whether the host has something to do. */
const LOOK_EVERY_MS = 2;
const MOST_LOOKS = 5_000;

async function takeDownWhileBusy(host: Served): Promise<void> {
  for (let looks = 0; looks < MOST_LOOKS && host.requestsUnderWay() === 0; looks++) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  await host.close();
}
