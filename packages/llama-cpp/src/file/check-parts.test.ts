import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fixturePath } from "../../tests/fixtures/fixture-files.ts";
import { writeGguf } from "../../tests/fixtures/gguf-writer.ts";
import { checkParts } from "./check-parts.ts";

const part = (number: number, of: number) => fixturePath(`m-0000${number}-of-0000${of}.gguf`);

test("a model in one file has no other parts", async () => {
  await checkParts(fixturePath("m.gguf"), undefined);
  await checkParts(part(1, 1), undefined);
});

test("parts that are whole are taken; they need not say what model it is", async () => {
  writeFileSync(part(2, 2), writeGguf({ metadata: { "split.no": { uint: 1 } }, tensors: [] }));
  await checkParts(part(1, 2), undefined);
});

test("a part that is missing is told, and one that promises more than it has", async () => {
  await expect(checkParts(part(1, 3), undefined)).rejects.toThrow("its part 2 of 3 is not beside it");
  writeFileSync(part(2, 3), `GGUF\u0003\0\0\0${"a".repeat(18)}`);
  await expect(checkParts(part(1, 3), undefined)).rejects.toThrow(/it has 26 bytes, too few for/);
});
