import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fixturePath } from "../../tests/fixtures/fixture-files.ts";
import { writeGguf } from "../../tests/fixtures/gguf-writer.ts";
import { checkParts, partsOf } from "./check-parts.ts";

const part = (number: number, of: number) => fixturePath(`m-0000${number}-of-0000${of}.gguf`);

const model = writeGguf({ metadata: { "general.architecture": "llama" }, tensors: [] });
const rest = writeGguf({ metadata: { "split.no": { uint: 1 } }, tensors: [] });

test("a model in one file has no other parts, whatever it is called", async () => {
  const [alone, one] = [fixturePath("m.gguf"), part(1, 1)];
  for (const path of [alone, one]) {
    writeFileSync(path, model);
    expect(await partsOf(path)).toMatchObject([{ path, size: model.length }]);
  }
});

test("parts that are whole are taken, each with its size; only the first has to say what model it is", async () => {
  writeFileSync(part(1, 2), model);
  writeFileSync(part(2, 2), rest);
  const parts = await partsOf(part(1, 2));
  expect(parts.map(({ size }) => size)).toEqual([model.length, rest.length]);
  await checkParts(parts, undefined);
  await expect(checkParts(parts.reverse(), undefined)).rejects.toThrow("its metadata has no general.architecture");
});

test("a part that is missing is told, and one that promises more than it has", async () => {
  writeFileSync(part(1, 3), model);
  await expect(partsOf(part(1, 3))).rejects.toThrow("its part 2 of 3 is not beside it");
  writeFileSync(part(2, 3), `GGUF\u0003\0\0\0${"a".repeat(18)}`);
  writeFileSync(part(3, 3), rest);
  await expect(checkParts(await partsOf(part(1, 3)), undefined)).rejects.toThrow(/it has 26 bytes, too few for/);
});
