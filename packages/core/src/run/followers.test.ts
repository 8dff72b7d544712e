import { expect, it } from "vitest";
import type { RunEvent, StepDeltaEvent } from "../engine/run-event.ts";
import { Followers } from "./followers.ts";

const place = { runId: "r", chainId: "c", seq: 0, at: 0 };
const recorded: RunEvent = { kind: "text_printed", ...place, key: "a#1", taskId: "a", text: "printed" };
const delta = (text: string): StepDeltaEvent => ({
  kind: "step_delta",
  ...place,
  key: "a#1",
  taskId: "a",
  attempt: 1,
  text,
});
const dropped = (count: number): RunEvent => ({ kind: "events_dropped", ...place, count });

it("gives pieces of text only to those who want them, and every recorded event to all", async () => {
  const followers = new Followers();
  const withDeltas = followers.add(true, dropped);
  const without = followers.add(false, dropped);
  followers.push(delta("x"));
  followers.push(recorded);
  expect(await withDeltas.next()).toEqual({ done: false, value: delta("x") });
  expect(await withDeltas.next()).toEqual({ done: false, value: recorded });
  expect(await without.next()).toEqual({ done: false, value: recorded });
});

it("wants pieces of text as long as somebody reads them", async () => {
  const followers = new Followers();
  followers.add(false, dropped);
  expect(followers.wantDeltas).toBe(false);
  const reader = followers.add(true, dropped);
  expect(followers.wantDeltas).toBe(true);
  await reader.return();
  expect(followers.wantDeltas).toBe(false);
});

it("joins the pieces that wait for a slow reader instead of dropping them", async () => {
  const followers = new Followers();
  const reader = followers.add(true, dropped);
  for (let i = 0; i < 5000; i++) followers.push(delta("x"));
  followers.end();
  let text = "";
  for await (const event of reader) {
    expect(event.kind).toBe("step_delta");
    if (event.kind === "step_delta") text += event.text;
  }
  expect(text).toBe("x".repeat(5000));
});
