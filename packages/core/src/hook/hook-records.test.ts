import { expect, test } from "vitest";
import { defineChain } from "../chain/define-chain.ts";
import { createRuntime } from "../create-runtime.ts";
import { createMemoryRecordStore } from "../store/memory-record-store.ts";
import type { Json } from "../value/json.ts";
import { hookRecords } from "./hook-records.ts";
import { PROTOCOL_NAMES } from "./remote/protocol.ts";
import { type RemoteHookSettings, remoteHook } from "./remote-hook.ts";

const url = "https://user:secret@hooks.test/page?key=1";
const everything: RemoteHookSettings = {
  url,
  method: "PUT",
  protocol: "langserve",
  timeoutMs: 2_500,
  headers: { "x-team": "docs", authorization: "Bearer of-a-test" },
  maxResponseBytes: 4_096,
  retries: { max: 3, backoffMs: 20 },
  addresses: "public",
};

test.each([
  ["with everything that can be said", everything],
  ["with its address alone", { url }],
  ...PROTOCOL_NAMES.map((protocol): [string, RemoteHookSettings] => [`that speaks ${protocol}`, { url, protocol }]),
])("a remote hook %s is the same hook again", (_, settings) => {
  const records = hookRecords(createMemoryRecordStore());
  const named = { name: "page", hook: remoteHook(settings) };
  const record = records.encode(named);
  const kept: Json = JSON.parse(JSON.stringify(record));
  expect(kept).toEqual(record);
  expect(records.decode(kept)).toEqual(named);
});

test("a hook that is code cannot be kept, and the error says so", async () => {
  const runtime = createRuntime();
  for (const hook of [() => 1, { run: () => 1 }]) {
    await expect(runtime.hooks.create({ name: "here", hook }, { origin: "record" })).rejects.toMatchObject({
      code: "invalid_entry",
      message: expect.stringContaining("cannot be kept as a record: it is made of code"),
    });
  }
  expect(runtime.hooks.list()).toEqual([]);
});

test("a remote hook that could never be called is not kept", async () => {
  const records = createMemoryRecordStore();
  const runtime = createRuntime({ records });
  const hook = { ...remoteHook({ url }), timeoutMs: -1 };
  await expect(runtime.hooks.create({ name: "page", hook }, { origin: "record" })).rejects.toMatchObject({
    code: "hook_request_invalid",
  });
  expect(await records.list("hook")).toEqual([]);
});

test("what is no record of a remote hook is none, and does not keep the others away", async () => {
  const records = createMemoryRecordStore();
  for (const [id, record] of Object.entries({
    nothing: null,
    nameless: { url },
    "without-url": { name: "without-url" },
    "wrong-time": { name: "wrong-time", url, timeoutMs: "soon" },
    page: { name: "page", url },
  })) {
    await records.put("hook", id, record);
  }
  const runtime = createRuntime({ records });
  await runtime.sync();
  expect(runtime.hooks.list().map(({ id, origin }) => [id, origin])).toEqual([["page", "record"]]);
});

test("a hook that was registered is called after a restart; one of the same name in code wins", async () => {
  const records = createMemoryRecordStore();
  await createRuntime({ records }).hooks.create({ name: "page", hook: remoteHook({ url }) }, { origin: "record" });
  const chain = defineChain({ id: "c", tasks: { page: { handler: "hook", hook: { name: "page" } } } });

  const again = createRuntime({ records, fetch: async () => Response.json({ paged: "by the record" }) });
  await again.sync();
  expect((await again.run(chain, "x")).output).toEqual({ paged: "by the record" });

  const withCode = createRuntime({ records, hooks: { page: () => ({ paged: "by code" }) } });
  await withCode.sync();
  expect((await withCode.run(chain, "x")).output).toEqual({ paged: "by code" });
  expect(withCode.hooks.entry("page")?.origin).toBe("code");
});
