import { createRequire } from "node:module";
import express from "express";
import { describe } from "vitest";
import { testMountedApp } from "../../packages/http/tests/fixtures/test-mounted-app.ts";
import { createApp } from "./app.ts";

// The older Express has no types of its own; as far as it is used here, it is as the newer one's say.
const express4 = createRequire(import.meta.url)("express4");

describe.each<[name: string, make: typeof express]>([
  ["Express 5", express],
  ["Express 4", express4],
])("%s", (_name, make) => {
  describe.each<"before" | "behind">(["before", "behind"])("with express.json() %s the mount", (readsBodies) => {
    testMountedApp((runtime) => createApp(runtime, { make, readsBodies }).listen(0, "127.0.0.1"));
  });
});
