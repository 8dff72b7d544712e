import { parseTemplate } from "../../packages/core/src/template/parse-template.ts";
import type { Area, Scenario } from "../measure/area.ts";
import { inOneGo } from "../measure/timing.ts";
import { closures, literal } from "./floors.ts";
import { SOURCE, values } from "./prompt.ts";

/** Reads a template's source and gives what renders it. */
type Reader = (source: string) => () => string;

const FLOOR = "JavaScript strings";
const OURS = "Catenary";

const readers: Readonly<Record<string, Reader>> = {
  [FLOOR]: () => () => literal(values),
  "bare closures": (source) => {
    const write = closures(source);
    return () => write(values);
  },
  [OURS]: (source) => {
    const template = parseTemplate(source);
    const variables: Readonly<Record<string, (typeof values)[keyof typeof values]>> = values;
    const scope = { get: (name: string) => variables[name], all: () => variables };
    return () => template.render(scope);
  },
};

const contestants = Object.keys(readers).map((name) => ({ name }));

const render: Scenario = {
  name: "render",
  title: `A prompt of ${literal(values).length.toLocaleString("en")} characters from a template that was read before`,
  columns: [
    { key: "cpu", title: "CPU µs/render" },
    { key: "wall", title: "wall µs/render" },
  ],
  contestants,
  floor: FLOOR,
  targets: [{ contestant: OURS, column: "cpu", most: 6, unit: "µs" }],
  check: async (contestant) => void checked(contestant),
  measure: async (contestant, windowMs) => {
    const write = checked(contestant);
    // The bytes are counted, so that the engine builds the text and does not only note its parts.
    return timed(() => Buffer.byteLength(write()), windowMs);
  },
};

const compile: Scenario = {
  name: "compile",
  title: "The same template, read",
  columns: [
    { key: "cpu", title: "CPU µs/template" },
    { key: "wall", title: "wall µs/template" },
  ],
  contestants: contestants.filter(({ name }) => name !== FLOOR),
  floor: "bare closures",
  targets: [{ contestant: OURS, column: "cpu", most: 12, unit: "µs" }],
  check: async (contestant) => void checked(contestant),
  measure: async (contestant, windowMs) => {
    checked(contestant);
    const read = readerOf(contestant);
    return timed(() => read(SOURCE).length, windowMs);
  },
};

function readerOf(contestant: string): Reader {
  const read = readers[contestant];
  if (read === undefined) throw new Error(`there is no contestant ${JSON.stringify(contestant)}`);
  return read;
}

function checked(contestant: string): () => string {
  const write = readerOf(contestant)(SOURCE);
  if (write() !== literal(values)) throw new Error(`${contestant} does not render what the code beside it writes`);
  return write;
}

function timed(act: () => number, windowMs: number) {
  inOneGo(act, windowMs);
  const { calls, cpuUs, wallUs } = inOneGo(act, windowMs);
  return { cpu: cpuUs / calls, wall: wallUs / calls };
}

export const template: Area = { name: "template", scenarios: [render, compile] };
