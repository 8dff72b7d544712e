import { afterAll, describe, expect, it } from "vitest";
import { openArena } from "./arena.ts";
import { WAYS, type Way } from "./ask.ts";
import { SCENARIOS } from "./scenarios.ts";
import type { Kind } from "./station.ts";
import { Table } from "./table.ts";

type Pair = readonly [primary: Kind, fallback: Kind];

/** Every day: each kind of server once as the primary, and once as the fallback. */
const EVERYDAY: readonly Pair[] = [
  ["OpenAI", "Ollama"],
  ["compatible", "OpenAI"],
  ["Ollama", "compatible"],
];
const PAIRS: readonly Pair[] = process.env.CATENARY_LONG
  ? [...EVERYDAY, ["OpenAI", "compatible"], ["Ollama", "OpenAI"], ["Ollama", "Ollama"]]
  : EVERYDAY;

const columns = PAIRS.flatMap((kinds) => WAYS.map((way) => columnOf(kinds, way)));
const table = new Table(
  SCENARIOS.map(([scenario]) => scenario?.name ?? ""),
  columns,
);

afterAll(() => console.log(table.toString()));

it("are sixteen", () => {
  expect(new Set(table.rows).size).toBe(16);
});

describe.each(PAIRS)("a primary of %s and a fallback of %s", { timeout: 30_000 }, (...kinds) => {
  describe.each(WAYS)("asked %s", (way) => {
    for (const variants of SCENARIOS) {
      const [first] = variants;
      for (const { name, terms, play, only, ways } of variants) {
        if (only?.includes(kinds[0]) === false || ways?.includes(way) === false) continue;
        it(`outlives ${name}`, async () => {
          const cell = table.begin(first?.name ?? "", columnOf(kinds, way));
          await using arena = await openArena({ ...terms, kinds, way });
          await play(arena);
          await arena.expectNothingOpen();
          cell.passed();
        });
      }
    }
  });
});

function columnOf([primary, fallback]: readonly [Kind, Kind], way: Way): string {
  return `${primary} → ${fallback}, ${way}`;
}
