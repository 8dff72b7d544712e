import { CatenaryError, createMemoryRecordStore, type RecordStore } from "@catenary/core";
import { expect, test } from "vitest";
import { serveRuntime } from "../fixtures/serve-runtime.ts";
import { talkTo } from "../fixtures/talk-to.ts";

const PATH = "/srv/catenary/catenary.db";

test("a full disk is told as what it is, and its place only in the log; what was there is still read", async () => {
  const kept = createMemoryRecordStore();
  const refuse = () => {
    throw new CatenaryError("database_full", `the database ${PATH}: the disk is full`, { failure: "unavailable" });
  };
  const records: RecordStore = { ...kept, put: refuse, delete: refuse, change: refuse };
  const lines: string[] = [];
  const logger = {
    log: (level: string, event: string, fields: object) => void lines.push(JSON.stringify({ level, event, ...fields })),
  };
  await using served = await serveRuntime({ runtime: { records }, http: { logger } });
  const talk = talkTo(served.url);
  const refused = await talk("POST /models", { model: "m", contextLength: 9, canChat: true });
  expect(refused).toMatchObject({
    status: 503,
    body: { error: { type: "api_error", code: "database_full", message: expect.stringContaining("no room") } },
  });
  expect(JSON.stringify(refused.body)).not.toContain("srv");
  expect(lines.filter((line) => line.includes("request_failed")).join()).toContain(PATH);
  expect(await talk("GET /models")).toMatchObject({ status: 200, body: [] });
});
