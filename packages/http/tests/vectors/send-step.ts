import type { Json } from "@catenary/core";
import { memberOf } from "./member-of.ts";
import { readText } from "./normalise.ts";
import type { RecordedStep } from "./recorded-sequence.ts";
import type { World } from "./world.ts";

export interface SentAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Values that earlier steps have saved, by their names. */
export type Saved = Map<string, string>;

/** Long enough for whatever our server does by itself. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 20;

/** Sends one request of a sequence over a socket, or repeats it until its answer is the awaited one. */
export async function sendStep(world: World, step: RecordedStep, saved: Saved): Promise<SentAnswer> {
  world.models.replies.splice(0, Infinity, ...(step.replies ?? []));
  await waitBefore(world, step);
  const deadlineAt = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await send(world, step, saved);
    if (step.until === undefined || answer.text.includes(step.until) || performance.now() > deadlineAt) {
      save(step, answer, saved);
      return answer;
    }
    await pause(PAUSE_MS);
  }
}

/** The recorder waited for rounds of the original's clock; ours is told to look. Short waits let times differ. */
async function waitBefore(world: World, { waitMs = 0 }: RecordedStep): Promise<void> {
  if (waitMs >= 1_000) await world.settle();
  else if (waitMs > 0) await pause(2);
}

async function send(world: World, { method, path, body, headers }: RecordedStep, saved: Saved): Promise<SentAnswer> {
  const filled = (text: string) => fill(text, world, saved);
  const sent = body === undefined ? undefined : filled(typeof body === "string" ? body : JSON.stringify(body));
  const response = await fetch(`${world.url}${filled(path)}`, {
    method,
    redirect: "manual",
    headers: { ...(sent !== undefined && { "content-type": "application/json" }), ...headers },
    ...(sent !== undefined && { body: sent }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

function fill(text: string, { modelsUrl, hooksUrl }: World, saved: Saved): string {
  return text.replace(/\$\{(\w+)\}/g, (whole, name: string) => {
    if (name === "FAKE") return modelsUrl;
    return name === "HOOKS" ? hooksUrl : (saved.get(name) ?? whole);
  });
}

function save({ save: wanted = {} }: RecordedStep, { text }: SentAnswer, saved: Saved): void {
  const body = readText(text);
  for (const [name, place] of Object.entries(wanted)) saved.set(name, String(valueAt(body, place)));
}

/** `1.createdAt`, or `@find:name=fake:id` for the id of the element whose name is that. */
function valueAt(body: Json, place: string): unknown {
  const found = /^@find:(\w+)=([^:]*):(\w+)$/.exec(place);
  if (found === null) return place.split(".").reduce<unknown>(memberOf, body);
  const [, field = "", value, wanted = ""] = found;
  const element = Array.isArray(body) ? body.find((one) => memberOf(one, field) === value) : undefined;
  return memberOf(element, wanted);
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs);
  });
}
