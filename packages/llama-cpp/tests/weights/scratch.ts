import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { KnownModel, WeightsSource } from "../../src/weights/index.ts";
import { sha256Of } from "./model-bytes.ts";

/** An empty folder, until the test ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "catenary-weights-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const HUB_SOURCE: WeightsSource = { kind: "hub", uri: "hf:user/repository/model.gguf#c0ffee" };

/** A catalogue with one model of these bytes. */
export function catalogueOf(bytes: Buffer, ...sources: readonly WeightsSource[]): readonly KnownModel[] {
  const known = { size: bytes.length, sha256: sha256Of(bytes), licence: "none" };
  return [{ name: "tiny:1b", fileName: "model.gguf", ...known, sources }];
}
