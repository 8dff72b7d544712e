import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createMemoryRunStore } from "@catenary/core";
import { expect, test } from "vitest";
import { scratchFolder } from "../../tests/start-catenary.ts";
import { loadConfig } from "./load-config.ts";
import { runtimeParts } from "./runtime-parts.ts";

test("a configuration may say where runs are kept, and so how many", async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, "catenary.config.mjs"), "export default { store: globalThis.ownStore, data: false };");
  const store = createMemoryRunStore({ keepRuns: 1_000 });
  Reflect.set(globalThis, "ownStore", store);
  const { config } = await loadConfig(folder, undefined);
  Reflect.deleteProperty(globalThis, "ownStore");
  expect(runtimeParts(config)).toEqual({ store });
});
