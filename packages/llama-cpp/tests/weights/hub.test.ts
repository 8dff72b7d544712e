import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openWeights } from "../../src/weights/index.ts";
import { type HubBehaviour, type LoopbackHub, loopbackHub } from "./loopback-hub.ts";
import { modelBytes, sha256Of } from "./model-bytes.ts";
import { unless, whyNoDownloader } from "./needs.ts";
import { catalogueOf, HUB_SOURCE, scratchFolder } from "./scratch.ts";

const reason = await whyNoDownloader();
const MIB = 2 ** 20;
/** The first of these tests loads llama.cpp. */
const WITHIN_MS = 30_000;

async function withHub(behaviour: HubBehaviour, settings: { readonly token?: string; readonly stallMs?: number } = {}) {
  const hub: LoopbackHub = await loopbackHub(behaviour);
  onTestFinished(() => hub[Symbol.asyncDispose]());
  const { token, stallMs = 10_000 } = settings;
  const folder = scratchFolder();
  const environment = { HF_ENDPOINT: hub.url, ...(token !== undefined && { HF_TOKEN: token }) };
  const catalogue = catalogueOf(behaviour.bytes, HUB_SOURCE);
  const weights = openWeights({ folder, environment, catalogue, beatMs: 20, stallMs });
  return { hub, folder, weights };
}

describe.skipIf(reason !== undefined)(`weights from a hub${unless(reason)}`, { timeout: WITHIN_MS }, () => {
  test("are fetched once, told about while they come, and found ever after", async () => {
    const bytes = modelBytes(12);
    const { hub, weights } = await withHub({ bytes });
    const seen: (number | undefined)[] = [];
    const pulled = await weights.pull("tiny:1b", { onProgress: ({ completed }) => seen.push(completed) });
    expect(readFileSync(pulled.path).equals(bytes)).toBe(true);
    expect(pulled).toMatchObject({
      name: "tiny:1b",
      size: bytes.length,
      sha256: sha256Of(bytes),
      checkedAgainst: "catalogue",
    });
    expect(seen).toContain(bytes.length);
    const asked = hub.requests.length;
    expect(await weights.pull("tiny:1b")).toEqual(pulled);
    expect(await weights.list()).toEqual([pulled]);
    expect(hub.requests).toHaveLength(asked);
  });

  test("whose connection breaks are gone on with: nothing that came whole is asked for again", async () => {
    const bytes = modelBytes(12);
    const { hub, weights } = await withHub({ bytes, cuts: 2 });
    const { sha256 } = await weights.pull("tiny:1b");
    expect(sha256).toBe(sha256Of(bytes));
    expect(hub.ranges.length).toBeGreaterThan(3);
  });

  test("that were stopped leave what has come, and the next pull asks for the rest alone", async () => {
    const bytes = modelBytes(12);
    const behaviour: HubBehaviour = { bytes, hangAfter: 3 * MIB };
    const { hub, folder, weights } = await withHub(behaviour);
    const controller = new AbortController();
    // Pieces have 5 MiB; the last has two, which come whole, and of the others three each.
    const stopped = weights.pull("tiny:1b", {
      signal: controller.signal,
      onProgress: ({ completed = 0 }) => {
        if (completed >= 7.9 * MIB) controller.abort(new Error("enough"));
      },
    });
    await expect(stopped).rejects.toThrow("enough");
    expect(await weights.find("tiny:1b")).toBeUndefined();
    expect(readdirSync(join(folder, "tiny-1b", "fetching"))).toEqual(["model.gguf.ipull"]);
    delete behaviour.hangAfter;
    const before = hub.ranges.splice(0);
    expect(before).toContain(`${10 * MIB}-${12 * MIB - 1}`);
    const { path } = await weights.pull("tiny:1b");
    expect(hub.ranges.sort()).toEqual([`0-${5 * MIB - 1}`, `${5 * MIB}-${10 * MIB - 1}`]);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(existsSync(join(folder, "tiny-1b", "fetching"))).toBe(false);
  });

  test("that come corrupt are refused and fetched again", async () => {
    const bytes = modelBytes();
    const wrong = Buffer.from(bytes);
    wrong[100] = (wrong[100] ?? 0) ^ 1;
    const behaviour: HubBehaviour = { bytes: wrong, checksum: sha256Of(bytes) };
    const { weights } = await withHub(behaviour);
    const seen: string[] = [];
    const onProgress = ({ status }: { readonly status: string }) => {
      if (status.includes("corrupt")) behaviour.bytes = bytes;
      seen.push(status);
    };
    const { path } = await weights.pull("tiny:1b", { onProgress });
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(seen).toContain("what came is corrupt; fetching it again");
  });

  test("that stay corrupt are no model: nothing is kept, and the error has both checksums", async () => {
    const bytes = modelBytes();
    const { folder, weights } = await withHub({ bytes, checksum: "a".repeat(64) });
    await expect(weights.pull("tiny:1b")).rejects.toThrow(
      `what came is corrupt: its SHA-256 is ${sha256Of(bytes)}, expected ${"a".repeat(64)}`,
    );
    expect(await weights.list()).toEqual([]);
    expect(existsSync(join(folder, "tiny-1b", "model.gguf"))).toBe(false);
  });

  test("are checked against the catalogue where the hub tells no checksum, and against the hub's where that differs", async () => {
    const bytes = modelBytes();
    const silent = await withHub({ bytes, checksum: null });
    expect(await silent.weights.pull("tiny:1b")).toMatchObject({ checkedAgainst: "catalogue" });
    const other = modelBytes(0.2);
    const behaviour: HubBehaviour = { bytes };
    const differing = await withHub(behaviour);
    behaviour.bytes = other;
    expect(await differing.weights.pull("tiny:1b")).toMatchObject({ checkedAgainst: "hub", sha256: sha256Of(other) });
  });

  test("of any repository are named hf:user/repository/file.gguf or by their quantisation, also where it was renamed", async () => {
    const bytes = modelBytes();
    const { weights } = await withHub({ bytes });
    for (const name of [
      "hf:user/repository/model.gguf",
      "hf:user/repository:Q4_K_M",
      "hf:old-name/repository/model.gguf",
    ]) {
      expect(await weights.pull(name)).toMatchObject({ name, checkedAgainst: "hub", from: name });
    }
    expect(await weights.list()).toHaveLength(3);
  });

  test("that only some may have are given to who has a token, and the error asks for one and shows none", async () => {
    const bytes = modelBytes();
    const allowed = await withHub({ bytes, token: "hf_right" }, { token: "hf_right" });
    expect(await allowed.weights.pull("tiny:1b")).toMatchObject({ size: bytes.length });
    const refused = await withHub({ bytes, token: "hf_right" }, { token: "hf_wrong_one" });
    const error = await refused.weights.pull("tiny:1b").catch(String);
    expect(error).toContain("HF_TOKEN");
    expect(error).not.toContain("hf_wrong_one");
  });

  test("that do not go on are given up, and gone on with by the next pull", async () => {
    const bytes = modelBytes(6);
    const behaviour: HubBehaviour = { bytes, hangAfter: 2 * MIB };
    const { hub, weights } = await withHub(behaviour, { stallMs: 300 });
    await expect(weights.pull("tiny:1b")).rejects.toThrow(
      "sent nothing for 0.3 s; ask again, and the download goes on",
    );
    delete behaviour.hangAfter;
    hub.ranges.splice(0);
    await weights.pull("tiny:1b");
    expect(hub.ranges).toEqual([`0-${5 * MIB - 1}`]);
  });

  test("that the disk has no room for are told of before they come, and no other place is asked", async () => {
    const { hub, folder, weights } = await withHub({ bytes: modelBytes(), size: 1e18 });
    const error = weights.pull("tiny:1b");
    await expect(error).rejects.toMatchObject({ code: "weights_no_room", failure: "unavailable" });
    await expect(error).rejects.toThrow(/has no room for the model: 1000000000000 MB are to come, and \d+ MB are free/);
    expect(hub.ranges).toEqual([]);
    expect(readdirSync(join(folder, "tiny-1b"))).toEqual(["fetching"]);
  });

  test("that are not there are said to be unknown, and no other place is asked", async () => {
    const { hub, weights } = await withHub({ bytes: modelBytes() });
    await expect(weights.pull("hf:user/repository/other.gguf")).rejects.toMatchObject({ code: "weights_unknown" });
    expect(hub.requests).toHaveLength(1);
    await expect(weights.pull("hf:user")).rejects.toThrow(
      "expected hf:user/repository/file.gguf, with #revision behind it",
    );
  });

  test("that are no GGUF files are refused", async () => {
    const { weights } = await withHub({ bytes: Buffer.from("<html>Sign in to this network</html>") });
    await expect(weights.pull("hf:user/repository/model.gguf")).rejects.toThrow(
      "it is not a whole GGUF file: it does not begin with GGUF",
    );
  });
});
