import type { Area, Scenario, Values } from "../measure/area.ts";
import { manyAtOnce, oneByOne, type Timing } from "../measure/timing.ts";
import type { Caller } from "./callers.ts";
import * as callers from "./callers.ts";
import { ANSWER, PIECES, STREAMED } from "./mock.ts";

type Contestants = Readonly<Record<string, () => Caller | Promise<Caller>>>;

const AT_ONCE = 32;

const generating: Contestants = {
  "the model's doGenerate": callers.doGenerate,
  "runtime.prompt": callers.runtimePrompt,
  "runtime.model's doGenerate": callers.routedGenerate,
  "a chain of one task": callers.oneTaskChain,
  "ai, generateText": callers.generateText,
};

const streaming: Contestants = {
  "the model's doStream": callers.doStream,
  "runtime.model's doStream": callers.routedStream,
  "a chain's textStream": callers.textStream,
  "a chain's events()": callers.events,
  "ai, streamText": callers.streamText,
};

const generate: Scenario = {
  name: "generate",
  title: "One call of a model that answers at once",
  columns: [
    { key: "cpu1", title: "CPU µs/call" },
    { key: "wall1", title: "wall µs/call" },
    { key: "cpu32", title: "CPU µs/call, 32 at once" },
    { key: "calls32", title: "calls/s, 32 at once" },
  ],
  contestants: Object.keys(generating).map((name) => ({ name })),
  floor: "the model's doGenerate",
  targets: [
    { contestant: "runtime.prompt", column: "cpu1", mostAdded: 15, unit: "µs" },
    { contestant: "runtime.prompt", column: "cpu32", mostAdded: 15, unit: "µs" },
    { contestant: "runtime.model's doGenerate", column: "cpu1", mostAdded: 15, unit: "µs" },
    { contestant: "runtime.model's doGenerate", column: "cpu32", mostAdded: 15, unit: "µs" },
    { contestant: "a chain of one task", column: "cpu1", mostAdded: 15, unit: "µs" },
    { contestant: "a chain of one task", column: "cpu32", mostAdded: 15, unit: "µs" },
  ],
  check: async (contestant) => void (await callerOf(generating, contestant, ANSWER)),
  measure: async (contestant, windowMs): Promise<Values> => {
    const call = await callerOf(generating, contestant, ANSWER);
    await oneByOne(call, windowMs);
    const one = await oneByOne(call, windowMs);
    await manyAtOnce(call, windowMs / 2, AT_ONCE);
    const many = await manyAtOnce(call, windowMs, AT_ONCE);
    return { ...perUnit(one, 1), cpu32: many.cpuUs / many.calls, calls32: (many.calls / many.wallUs) * 1e6 };
  },
};

const stream: Scenario = {
  name: "stream",
  title: `A streamed answer of ${PIECES} pieces`,
  columns: [
    { key: "cpu1", title: "CPU µs/piece" },
    { key: "wall1", title: "wall µs/piece" },
  ],
  contestants: Object.keys(streaming).map((name) => ({ name })),
  floor: "the model's doStream",
  targets: [
    { contestant: "runtime.model's doStream", column: "cpu1", mostAdded: 3, unit: "µs" },
    { contestant: "a chain's textStream", column: "cpu1", mostAdded: 3, unit: "µs" },
    { contestant: "a chain's events()", column: "cpu1", mostAdded: 3, unit: "µs" },
  ],
  check: async (contestant) => void (await callerOf(streaming, contestant, STREAMED)),
  measure: async (contestant, windowMs): Promise<Values> => {
    const call = await callerOf(streaming, contestant, STREAMED);
    await oneByOne(call, windowMs);
    return perUnit(await oneByOne(call, windowMs), PIECES);
  },
};

/** The caller, after it was tried: the white space around a text may go. */
async function callerOf(from: Contestants, contestant: string, expected: string): Promise<Caller> {
  const make = from[contestant];
  if (make === undefined) throw new Error(`there is no contestant ${JSON.stringify(contestant)}`);
  const call = await make();
  const text = await call();
  if (text.trim() !== expected.trim())
    throw new Error(`expected a text of ${expected.length} characters, got ${text.length}`);
  return call;
}

function perUnit({ calls, cpuUs, wallUs }: Timing, units: number) {
  return { cpu1: cpuUs / calls / units, wall1: wallUs / calls / units };
}

export const model: Area = { name: "model", scenarios: [generate, stream] };
