import { expect, test } from "vitest";
import { defineChain } from "../chain/define-chain.ts";
import { createMemoryRecordStore } from "../store/memory-record-store.ts";
import { chainRecords, plainRecords } from "./record-codecs.ts";

test("a chain is kept as its JSON and is the same chain again", () => {
  const records = chainRecords(createMemoryRecordStore());
  const chain = defineChain({ id: "c", tasks: { a: { handler: "raw_string", promptTemplate: "Say {{.input}}" } } });
  const record = records.encode(chain);
  expect(record).toEqual(chain.toJSON());
  expect(record === undefined ? undefined : records.decode(record)?.hash).toBe(chain.hash);
});

test("a chain that can no longer be read is none", () => {
  const records = chainRecords(createMemoryRecordStore());
  for (const record of [null, 5, {}, { id: "c", tasks: [] }]) expect(records.decode(record)).toBeUndefined();
});

test("plain data is kept as it is, and code is not", () => {
  const records = plainRecords<object>(createMemoryRecordStore(), "group");
  expect(records.encode({ id: "g", list: [1] })).toEqual({ id: "g", list: [1] });
  expect(records.encode({ id: "g", act: () => {} })).toBeUndefined();
});
