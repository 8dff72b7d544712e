import { join } from "node:path";
import { expect, test } from "vitest";
import { cacheFolder } from "./cache-folder.ts";

const home = "/home/ada";

test.each([
  ["linux", {}, join(home, ".cache", "catenary")],
  ["linux", { XDG_CACHE_HOME: "/caches" }, join("/caches", "catenary")],
  ["darwin", {}, join(home, "Library", "Caches", "catenary")],
  ["win32", { LOCALAPPDATA: "/local" }, join("/local", "catenary")],
  ["win32", {}, join(home, "AppData", "Local", "catenary")],
  ["win32", { CATENARY_CACHE: "/mine", LOCALAPPDATA: "/local" }, "/mine"],
  ["linux", { CATENARY_CACHE: "", XDG_CACHE_HOME: "" }, join(home, ".cache", "catenary")],
])("on %s with %j caches are in %s", (platform, environment, folder) => {
  expect(cacheFolder({ platform, environment, home })).toBe(folder);
});
