import { spawn } from "node:child_process";
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRuntime } from "@catenary/core";
import { describe, expect, onTestFinished, test } from "vitest";
import { scriptedBackend } from "../../../testing/src/scripted/scripted-backend.ts";
import { llamaCpp } from "../../src/llama-cpp.ts";
import { copyFile } from "../../src/weights/copy-file.ts";
import { takeFetchLock } from "../../src/weights/fetch-lock.ts";
import { isModelPath, openWeights, weights } from "../../src/weights/index.ts";
import { loopbackHub } from "./loopback-hub.ts";
import { modelBytes, sha256Of } from "./model-bytes.ts";
import { unless, whyNoDownloader } from "./needs.ts";
import { catalogueOf, HUB_SOURCE, scratchFolder } from "./scratch.ts";

const reason = await whyNoDownloader();
/** Each of these tests starts two processes that load llama.cpp. */
const WITH_PROCESSES_MS = 90_000;
const bytes = modelBytes();

async function withHub() {
  const hub = await loopbackHub({ bytes });
  onTestFinished(() => hub[Symbol.asyncDispose]());
  const [folder, environment] = [scratchFolder(), { HF_ENDPOINT: hub.url }];
  const opened = openWeights({ folder, environment, catalogue: catalogueOf(bytes, HUB_SOURCE), beatMs: 20 });
  return { hub, folder, opened, file: join(folder, "tiny-1b", "model.gguf") };
}

describe.skipIf(reason !== undefined)(`a file that is here${unless(reason)}`, () => {
  test("and was cut off or changed is refused and fetched again", async () => {
    const { opened, file } = await withHub();
    await opened.pull("tiny:1b");
    for (const spoil of [() => writeFileSync(file, bytes.subarray(0, 50)), () => appendFileSync(file, "!")]) {
      spoil();
      expect(await opened.find("tiny:1b")).toBeUndefined();
      const statuses: string[] = [];
      await opened.pull("tiny:1b", { onProgress: ({ status }) => statuses.push(status) });
      expect(statuses).toContain("what is here is corrupt; fetching it again");
      expect(readFileSync(file).equals(bytes)).toBe(true);
    }
  });

  test("and was only touched is checked, and nothing is fetched", async () => {
    const { hub, opened, file } = await withHub();
    await opened.pull("tiny:1b");
    hub.requests.splice(0);
    writeFileSync(file, bytes);
    expect(await opened.pull("tiny:1b")).toMatchObject({ path: file });
    expect(hub.requests).toEqual([]);
  });

  test("is given to a backend without asking anybody, and is fetched when one first needs it", async () => {
    const { hub, opened, file } = await withHub();
    const source = opened.source("tiny:1b");
    expect(await source.existing?.()).toBeUndefined();
    expect(await source({})).toBe(file);
    expect(await source.existing?.()).toBe(file);
    const asked = hub.requests.length;
    expect(await source({})).toBe(file);
    expect(hub.requests).toHaveLength(asked);
  });

  test(
    "is fetched by one of two processes, while the other waits and shows how far it is",
    async () => {
      const big = modelBytes(12);
      const hub = await loopbackHub({ bytes: big, delayMs: 40 });
      onTestFinished(() => hub[Symbol.asyncDispose]());
      const folder = scratchFolder();
      const name = "hf:user/repository/model.gguf";
      const [one, two] = await Promise.all([
        pullInProcess(folder, name, hub.url),
        pullInProcess(folder, name, hub.url),
      ]);
      expect(one.path).toBe(two.path);
      expect(sha256Of(readFileSync(one.path))).toBe(sha256Of(big));
      expect(hub.requests.filter((request) => request.startsWith("HEAD"))).toHaveLength(1);
      const waited = [one, two].filter(({ statuses }) =>
        statuses.includes("another process fetches it (from the model hub)"),
      );
      expect(waited).toHaveLength(1);
    },
    WITH_PROCESSES_MS,
  );

  test(
    "is gone on with where the process that fetched it was killed",
    async () => {
      const big = modelBytes(12);
      const behaviour: Parameters<typeof loopbackHub>[0] = { bytes: big, hangAfter: 3 * 2 ** 20 };
      const hub = await loopbackHub(behaviour);
      onTestFinished(() => hub[Symbol.asyncDispose]());
      const folder = scratchFolder();
      const name = "hf:user/repository/model.gguf";
      const unfinished = join(folder, "hf-user-repository-model.gguf-c08f844f", "fetching", "model.gguf.ipull");
      // Behind its end the file says which of its pieces came whole: of these the last.
      const hasPiece = () =>
        existsSync(unfinished) && /2\]/.test(readFileSync(unfinished).subarray(big.length).toString());
      await pullInProcess(folder, name, hub.url, hasPiece);
      delete behaviour.hangAfter;
      hub.ranges.splice(0);
      const { path } = await pullInProcess(folder, name, hub.url);
      expect(sha256Of(readFileSync(path))).toBe(sha256Of(big));
      expect(hub.ranges).toHaveLength(2);
    },
    WITH_PROCESSES_MS,
  );
});

interface Pulled {
  readonly path: string;
  readonly statuses: readonly string[];
}

/** @param isEnough When the process is ended without a chance to tidy up. */
function pullInProcess(folder: string, name: string, hub: string, isEnough = () => false): Promise<Pulled> {
  const program = fileURLToPath(new URL("./pull-in-process.ts", import.meta.url));
  const args = ["--conditions=@catenary/source", program, folder, name];
  const env = { ...process.env, HF_ENDPOINT: hub, NODE_OPTIONS: "" };
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  const statuses: string[] = [];
  let [path, rest] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const said = JSON.parse(line);
      path = said.path ?? path;
      if (said.progress !== undefined) statuses.push(said.progress.status);
    }
  });
  const looking = setInterval(() => isEnough() && child.kill("SIGKILL"), 20);
  return new Promise((resolve) => {
    child.on("close", () => {
      clearInterval(looking);
      resolve({ path, statuses });
    });
  });
}

describe("a file that somebody brings", () => {
  test("is known by its checksum, and copied under the name of the catalogue", async () => {
    const [folder, elsewhere] = [scratchFolder(), scratchFolder()];
    const opened = openWeights({ folder, catalogue: catalogueOf(bytes, HUB_SOURCE) });
    const brought = join(elsewhere, "from-a-stick.gguf");
    writeFileSync(brought, bytes);
    expect(await opened.pull(brought)).toMatchObject({ name: "tiny:1b", from: brought });
    expect(existsSync(brought)).toBe(true);
    expect(await opened.find("tiny:1b")).toMatchObject({ sha256: sha256Of(bytes) });
  });

  test("and that nobody knows is called as it is, and replaced by one of the same name", async () => {
    const [folder, elsewhere] = [scratchFolder(), scratchFolder()];
    const opened = openWeights({ folder });
    const brought = join(elsewhere, "mine.gguf");
    writeFileSync(brought, bytes);
    expect(await opened.pull(brought)).toMatchObject({ name: "mine", checkedAgainst: "size" });
    writeFileSync(brought, modelBytes(0.2));
    expect(await opened.pull(brought)).toMatchObject({ name: "mine", sha256: sha256Of(modelBytes(0.2)) });
    expect(await opened.list()).toHaveLength(1);
    // It has no source, and needs none: it is here.
    expect(await opened.pull("mine")).toMatchObject({ name: "mine" });
  });

  test("and that has the name of the list's model without being it is refused: it would be run as that", async () => {
    const [folder, elsewhere] = [scratchFolder(), scratchFolder()];
    // Not every platform allows the colon of the usual name in that of a file.
    const catalogue = catalogueOf(bytes, HUB_SOURCE).map((model) => ({ ...model, name: "tiny" }));
    const opened = openWeights({ folder, catalogue });
    const brought = join(elsewhere, "tiny.gguf");
    writeFileSync(brought, modelBytes(0.2));
    await expect(opened.pull(brought)).rejects.toThrow(
      `is not tiny: its SHA-256 is ${sha256Of(modelBytes(0.2))}, expected ${sha256Of(bytes)}`,
    );
    expect(await opened.list()).toEqual([]);
    writeFileSync(brought, bytes);
    expect(await opened.pull(brought)).toMatchObject({ name: "tiny" });
  });

  test("and puts where it belongs is taken where it is what it should be", async () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, "tiny-1b"));
    writeFileSync(join(folder, "brought.gguf"), bytes);
    copyFileSync(join(folder, "brought.gguf"), join(folder, "tiny-1b", "model.gguf"));
    const opened = openWeights({ folder, catalogue: catalogueOf(bytes) });
    expect(await opened.pull("tiny:1b")).toMatchObject({ checkedAgainst: "catalogue" });
  });

  test.each([
    ["is not there", "nowhere.gguf", "there is none at"],
    ["is a folder", "", / is a folder$/],
    ["is a folder", "", / is a folder$/],
    ["is none", "text.gguf", "cannot be a model: it is not a whole GGUF file: it has 4 bytes"],
    ["was cut", "cut.gguf", `its tensors end at ${bytes.length - 2}: it is cut`],
  ])("and %s is refused", async (_, name, message) => {
    const folder = scratchFolder();
    writeFileSync(join(folder, "text.gguf"), "text");
    writeFileSync(join(folder, "cut.gguf"), bytes.subarray(0, 90_000));
    await expect(openWeights({ folder: join(folder, "weights") }).pull(join(folder, name))).rejects.toThrow(message);
  });
});

test("removing takes everything of a model away, and tells whether it was here", async () => {
  const folder = scratchFolder();
  const opened = openWeights({ folder: join(folder, "weights") });
  writeFileSync(join(folder, "mine.gguf"), bytes);
  const { path } = await opened.pull(join(folder, "mine.gguf"));
  expect(await opened.remove("mine")).toBe(true);
  expect([existsSync(path), await opened.list(), await opened.remove("mine")]).toEqual([false, [], false]);
});

test("a model that is being fetched is not removed, and stays whole", async () => {
  const folder = scratchFolder();
  const opened = openWeights({ folder: join(folder, "weights"), beatMs: 20 });
  writeFileSync(join(folder, "mine.gguf"), bytes);
  const { path } = await opened.pull(join(folder, "mine.gguf"));
  const lock = await takeFetchLock(join(dirname(path), "fetching.lock"), { beatMs: 20, onWait: () => {} });
  await expect(opened.remove("mine")).rejects.toThrow(
    "mine is being fetched just now: wait until it is here, or stop that, and remove it then",
  );
  expect(await opened.find("mine")).toMatchObject({ path });
  await lock.release();
  expect(await opened.remove("mine")).toBe(true);
  expect(existsSync(dirname(path))).toBe(false);
});

test("a name that nobody knows is an error that says what there is and what was probably meant", async () => {
  const opened = openWeights({ folder: scratchFolder() });
  await expect(opened.pull("SmolLM2")).rejects.toThrow("Did you mean smollm2:135m?");
  await expect(opened.pull("smolm2:135m")).rejects.toThrow(
    'there is no model "smolm2:135m" to fetch: expected smollm2:135m, hf:user/repository/file.gguf, or the path of a GGUF file. Did you mean smollm2:135m?',
  );
});

test.each([
  ["model.gguf", true],
  ["MODEL.GGUF", true],
  ["folder/model", true],
  ["C:\\model", true],
  ["smollm2:135m", false],
  ["hf:owner/repository/file.gguf", false],
  ["huggingface:owner/repository/file.gguf", false],
  ["hf:owner/repository:Q4_K_M", false],
])("%s is the path of a file: %s", (name, isPath) => {
  expect(isModelPath(name)).toBe(isPath);
});

test("a folder that cannot be written is an error that says what to do", async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, "file"), "");
  const opened = openWeights({ folder: join(folder, "file", "inside") });
  await expect(opened.pull("smollm2:135m")).rejects.toThrow("name another folder in CATENARY_CACHE");
});

describe("a folder that cannot be written, or not by this user", () => {
  /** With a model in it; a file stands where what is fetched would. */
  async function closedFolder() {
    const folder = scratchFolder();
    writeFileSync(join(folder, "brought.gguf"), bytes);
    const opened = openWeights({ folder, catalogue: catalogueOf(bytes) });
    const { path } = await opened.pull(join(folder, "brought.gguf"));
    writeFileSync(join(dirname(path), "fetching"), "");
    return { opened, path };
  }

  test("gives a file that was only touched, and none that was changed", async () => {
    const { opened, path } = await closedFolder();
    utimesSync(path, 1, 1);
    expect(await opened.find("tiny:1b")).toBeUndefined();
    expect(await opened.pull("tiny:1b")).toMatchObject({ name: "tiny:1b", path, sha256: sha256Of(bytes) });
    writeFileSync(
      path,
      bytes.map((byte, at) => (at === 50 ? byte ^ 1 : byte)),
    );
    utimesSync(path, 1, 1);
    const refused = opened.pull("tiny:1b");
    await expect(refused).rejects.toThrow(/cannot be written: .*; name another folder in CATENARY_CACHE$/);
    // Another backend may have the model.
    await expect(refused).rejects.toMatchObject({ failure: "unavailable" });
  });

  test("gives a file whose date lost what is less than a second, as in the image of a container", async () => {
    const { opened, path } = await closedFolder();
    const seconds = Math.floor(statSync(path).mtimeMs / 1000);
    utimesSync(path, seconds, seconds);
    expect(await opened.find("tiny:1b")).toMatchObject({ path });
    expect(await opened.list()).toHaveLength(1);
  });

  test("keeps its model: one sentence says why", async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, "tiny-1b"), "");
    const refused = openWeights({ folder, catalogue: catalogueOf(bytes) }).remove("tiny:1b");
    await expect(refused).rejects.toThrow(/^tiny:1b cannot be removed: .*; do it as the user whom .* belongs to$/);
    await expect(refused).rejects.toMatchObject({ code: "weights_unavailable" });
  });
});

test("a copy that is stopped leaves nothing", async () => {
  const [folder, elsewhere] = [scratchFolder(), scratchFolder()];
  writeFileSync(join(elsewhere, "a"), bytes);
  const left = new Error("enough");
  await expect(copyFile(join(elsewhere, "a"), join(folder, "b"), AbortSignal.abort(left))).rejects.toBe(left);
  expect(readdirSync(folder)).toEqual([]);
});

test("a misspelt option is refused, and CATENARY_CACHE names the folder", () => {
  expect(() => openWeights(JSON.parse('{ "foldr": "x" }'))).toThrow("Did you mean folder?");
  const { folder } = openWeights({ environment: { CATENARY_CACHE: "/somewhere" } });
  expect(folder).toBe(join("/somewhere", "gguf"));
});

test("a source that failed does not try again at once, and finds what was brought in the meantime", async () => {
  const folder = scratchFolder();
  let asked = 0;
  const fetch = async () => {
    asked += 1;
    throw new Error("no network");
  };
  const environment = { HF_ENDPOINT: "http://127.0.0.1:9" };
  const opened = openWeights({ folder, environment, catalogue: catalogueOf(bytes, HUB_SOURCE), fetch });
  const source = opened.source("tiny:1b");
  for (let call = 0; call < 3; call += 1) await expect(source({})).rejects.toThrow("the model hub cannot be reached");
  expect(asked).toBe(1);
  writeFileSync(join(folder, "brought.gguf"), bytes);
  const { path } = await opened.pull(join(folder, "brought.gguf"));
  expect(await source({})).toBe(path);
});

test.each([
  ["cannot be fetched", undefined],
  ["has no folder to be in", "a file"],
])("a model that %s leaves its calls to who has it, too", async (_, inTheWay) => {
  const folder = join(scratchFolder(), "weights");
  if (inTheWay !== undefined) writeFileSync(folder, inTheWay);
  const fetch = () => Promise.reject(new Error("no network"));
  const environment = { HF_ENDPOINT: "http://127.0.0.1:9" };
  const opened = openWeights({ folder, environment, catalogue: catalogueOf(bytes, HUB_SOURCE), fetch });
  const local = llamaCpp({ models: { "tiny:1b": opened.source("tiny:1b") } });
  const hosted = scriptedBackend();
  const runtime = createRuntime({ backends: [local, hosted] });
  onTestFinished(async () => {
    await runtime.close();
    await local.close();
  });
  expect(await runtime.prompt("Hello?", { models: ["tiny:1b", "scripted"] })).not.toBe("");
  expect(hosted.calls).toHaveLength(1);
});

test("weights() is one model of the user's folder", async () => {
  const folder = scratchFolder();
  expect(await weights("smollm2:135m", { folder }).existing?.()).toBeUndefined();
});
