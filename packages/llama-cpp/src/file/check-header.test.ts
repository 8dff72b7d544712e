import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fixturePath } from "../../tests/fixtures/fixture-files.ts";
import { writeGguf } from "../../tests/fixtures/gguf-writer.ts";
import { scriptedModel } from "../../tests/fixtures/scripted-model.ts";
import { checkHeader } from "./check-header.ts";

const whole = scriptedModel({ script: ["hi"] });

const check = (bytes: Uint8Array) => {
  const path = fixturePath("header.gguf");
  writeFileSync(path, bytes);
  return checkHeader(path, bytes.length, undefined);
};

const headed = (rest: string | Uint8Array) => Buffer.concat([Buffer.from("GGUF\x03\0\0\0"), Buffer.from(rest)]);

test("a whole file is taken, and one whose tensors are cut is not", async () => {
  await check(whole);
  await expect(check(whole.subarray(0, whole.length - 100_000))).rejects.toThrow(
    `it has ${whole.length - 100_000} bytes, and its tensors end at ${whole.length}: it is cut`,
  );
});

test("tensors begin where the file says, and of a kind that is not known nothing is expected", async () => {
  const one = { name: "t", shape: [8], values: new Float32Array(8) };
  const metadata = { "general.architecture": "llama" };
  const bytes = writeGguf({ metadata: { ...metadata, "general.alignment": { uint: 4096 } }, tensors: [one] });
  await expect(check(bytes)).rejects.toThrow(`it has ${bytes.length} bytes, and its tensors end at ${4096 + 32}`);
  const newer = Buffer.from(writeGguf({ metadata, tensors: [one] }));
  newer.writeUInt32LE(99, newer.lastIndexOf("t", newer.length) + 1 + 4 + 8);
  await check(newer.subarray(0, newer.length - 32));
});

test.each([4, 10, 30, 300, 1000, 2000, 3000])("a file that ends after %i bytes is not whole", async (length) => {
  await expect(check(whole.subarray(0, length))).rejects.toThrow(/^it (has \d+ bytes|ends in its metadata)/);
});

test.each([
  ["counts of letters", headed("a".repeat(18)), /it has 26 bytes, too few for the \d+ tensors/],
  [
    "a version that there is not",
    Buffer.from("GGUFaaaaaaaaaaaaaaaaaaaaaaaa"),
    /of version 1633771873, expected 2 or 3/,
  ],
  ["nothing but zeros behind the magic", headed(new Uint8Array(200)), /has no general\.architecture/],
  ["a name without an end", headed(longs(0, 1, 70_000, ...zeros(40))), /a name in its metadata has 70000 bytes/],
  [
    "an architecture that is no text",
    writeGguf({ metadata: { "general.architecture": { uint: 1 } }, tensors: [] }),
    /has no general\.architecture/,
  ],
])("%s: it is told at once", async (_, bytes, told) => {
  await expect(check(bytes)).rejects.toThrow(told);
});

test("a tensor of more dimensions than there are is told at once: the library would count them", async () => {
  const { length } = writeGguf({ metadata: { "general.architecture": "llama" }, tensors: [] });
  const one = { name: "t", shape: [1], values: new Float32Array(1) };
  const bytes = Buffer.from(writeGguf({ metadata: { "general.architecture": "llama" }, tensors: [one] }));
  const at = bytes.lastIndexOf("t", length) + 1;
  bytes.writeUInt32LE(4_000_000_000, at);
  await expect(check(bytes)).rejects.toThrow("a tensor in it has 4000000000 dimensions");
});

test("whatever stands behind the magic, it is told in words of ours", async () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % 256;
  };
  for (let round = 0; round < 50; round += 1) {
    const cut = whole.slice(0, 3000);
    for (let change = 0; change < 20; change += 1) cut[24 + ((random() * 256 + random()) % 2900)] = random();
    await expect(check(cut)).rejects.toThrow(/^(it|its|a name in its) /);
  }
});

test("an abort ends the reading", async () => {
  const path = fixturePath("aborted.gguf");
  writeFileSync(path, whole);
  const left = new DOMException("the user left", "AbortError");
  await expect(checkHeader(path, whole.length, AbortSignal.abort(left))).rejects.toBe(left);
});

function longs(...values: readonly number[]): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(values.length * 8));
  for (const [at, value] of values.entries()) bytes.setBigUint64(at * 8, BigInt(value), true);
  return new Uint8Array(bytes.buffer);
}

function zeros(count: number): readonly number[] {
  return Array.from({ length: count }, () => 0);
}
