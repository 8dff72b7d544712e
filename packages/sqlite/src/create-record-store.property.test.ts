import { join } from "node:path";
import type { Json } from "@catenary/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { temporaryFolder } from "../tests/fixtures/temporary-folder.ts";
import { sqliteStores } from "./sqlite-stores.ts";

const texts = fc.string({ unit: "binary" });
/** Any two code units, whole characters or not. */
const fragments = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 4 })
  .map((units) => String.fromCharCode(...units));
const ids = fc.oneof(fc.constantFrom("a", "b", "A", "ä", "a\u0308"), texts, fragments);
const kinds = fc.oneof(fc.constantFrom("chain", "hook"), fragments);
/** As JSON has them: without a negative zero. */
const values = fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value)));

type Step =
  | { readonly act: "put"; readonly kind: string; readonly id: string; readonly value: Json }
  | { readonly act: "delete"; readonly kind: string; readonly id: string }
  | { readonly act: "reopen" };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ act: fc.constant("put" as const), kind: kinds, id: ids, value: values }) },
    { weight: 3, arbitrary: fc.record({ act: fc.constant("delete" as const), kind: kinds, id: ids }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant("reopen" as const) }) },
  ),
  { maxLength: 30 },
);

test("whatever is put, deleted and opened again, the file holds what a list in memory would", async () => {
  const folder = temporaryFolder();
  let files = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (changes) => {
      const path = join(folder, `${files++}.db`);
      let stores = sqliteStores({ path, durability: "normal" });
      const expected = new Map<string, Map<string, Json>>();
      const recordsOf = (kind: string) => expected.get(kind) ?? expected.set(kind, new Map()).get(kind) ?? new Map();
      try {
        for (const step of changes) {
          if (step.act === "reopen") {
            stores.close();
            stores = sqliteStores({ path, durability: "normal" });
          } else if (step.act === "put") {
            await stores.records.put(step.kind, step.id, step.value);
            recordsOf(step.kind).set(step.id, step.value);
          } else {
            expect(await stores.records.delete(step.kind, step.id)).toBe(recordsOf(step.kind).delete(step.id));
          }
        }
        for (const [kind, records] of expected) {
          const held = [...records].map(([id, value]) => ({ id, value }));
          expect(JSON.stringify(await stores.records.list(kind))).toBe(JSON.stringify(held));
          for (const { id, value } of held) expect(await stores.records.get(kind, id)).toEqual(value);
        }
      } finally {
        stores.close();
      }
    }),
    { numRuns: 60 },
  );
});
