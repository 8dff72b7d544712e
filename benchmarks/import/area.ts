import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import type { Area, Scenario, Values } from "../measure/area.ts";
import { buildCore, builtFile, sizeOf } from "./build-core.ts";
import { installedWith } from "./installed.ts";

const EMPTY = "an empty process";
const CORE = "@catenary/core";
const AI = "ai";

/** The module that each of them imports, as an expression. */
const modules: Readonly<Record<string, () => string>> = {
  [EMPTY]: () => `"data:text/javascript,"`,
  [CORE]: () => JSON.stringify(pathToFileURL(builtFile("published")).href),
  [AI]: () => JSON.stringify(import.meta.resolve("ai")),
};

const time: Scenario = {
  name: "time",
  title: "A process that imports it and ends",
  columns: [
    { key: "processMs", title: "wall ms, whole process" },
    { key: "importMs", title: "wall ms, the import" },
    { key: "cpuMs", title: "CPU ms, the import" },
    { key: "rssMb", title: "RSS MB" },
  ],
  contestants: Object.keys(modules).map((name) => ({ name })),
  floor: EMPTY,
  targets: [{ contestant: CORE, column: "processMs", mostAdded: 30, unit: "ms" }],
  prepare: buildCore,
  check: async (contestant) => void importOnce(contestant),
  measure: async (contestant) => importOnce(contestant),
};

function importOnce(contestant: string): Values {
  const module = modules[contestant]?.();
  if (module === undefined) throw new Error(`there is no contestant ${JSON.stringify(contestant)}`);
  const code = `
    const before = process.cpuUsage(), at = performance.now();
    const names = Object.keys(await import(${module})).length;
    const importMs = performance.now() - at, { user, system } = process.cpuUsage(before);
    console.log(JSON.stringify({ names, importMs, cpuMs: (user + system) / 1000, rssMb: process.memoryUsage().rss / 2 ** 20 }));`;
  const since = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], { encoding: "utf8" });
  const processMs = performance.now() - since;
  if (stdout === "") throw new Error(`expected ${contestant} to be imported, got: ${stderr}`);
  const { names, ...values } = JSON.parse(stdout);
  if (names === 0 && contestant !== EMPTY) throw new Error(`expected ${contestant} to export something`);
  return { processMs, ...values };
}

const size: Scenario = {
  name: "size",
  title: "What is loaded, and what is installed",
  columns: [
    { key: "gzipKb", title: "KB minified and gzipped, without dependencies" },
    { key: "kb", title: "KB minified, without dependencies" },
    { key: "allGzipKb", title: "KB minified and gzipped, with dependencies" },
    { key: "packages", title: "packages" },
    { key: "mb", title: "MB installed" },
  ],
  contestants: [{ name: CORE }],
  floor: CORE,
  targets: [{ contestant: CORE, column: "gzipKb", most: 25, unit: "KB" }],
  rounds: 1,
  prepare: buildCore,
  check: async () => void measureSize(),
  measure: async () => measureSize(),
};

function measureSize(): Values {
  const { packages, mb } = installedWith(sizeOf("published").kb * 1024);
  return { ...sizeOf("minified"), allGzipKb: sizeOf("with-dependencies").gzipKb, packages, mb };
}

export const importing: Area = { name: "import", scenarios: [time, size] };
