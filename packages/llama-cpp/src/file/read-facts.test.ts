import { writeFileSync } from "node:fs";
import type { GgufFileInfo } from "node-llama-cpp";
import { expect, test, vi } from "vitest";
import { fixturePath } from "../../tests/fixtures/fixture-files.ts";
import { writeGguf } from "../../tests/fixtures/gguf-writer.ts";
import type { Library } from "../library/library.ts";
import { readFacts } from "./read-facts.ts";

/** Safe: of a header these are read, and of the library nothing else is called. */
const header = { metadata: { general: { architecture: "llama" } }, architectureMetadata: {} } as GgufFileInfo;
const readGgufFileInfo = vi.fn(async () => header);
const library = { readGgufFileInfo } as unknown as Library;
const rest = writeGguf({ metadata: { "split.no": { uint: 1 } }, tensors: [] });

test("a model in several files is as large as all of them, and is read again when any of them changes", async () => {
  const [first, second] = [fixturePath("facts-00001-of-00002.gguf"), fixturePath("facts-00002-of-00002.gguf")];
  const model = writeGguf({ metadata: { "general.architecture": "llama" }, tensors: [] });
  writeFileSync(first, model);
  writeFileSync(second, rest);
  const facts = await readFacts(library, first, undefined);
  expect(facts.bytes).toBe(model.length + rest.length);
  expect(await readFacts(library, first, undefined)).toBe(facts);

  writeFileSync(second, Buffer.concat([rest, Buffer.alloc(32)]));
  expect((await readFacts(library, first, undefined)).bytes).toBe(facts.bytes + 32);
  expect(readGgufFileInfo).toHaveBeenCalledTimes(2);
});
