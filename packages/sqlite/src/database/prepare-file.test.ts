import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../tests/fixtures/temporary-folder.ts";
import { prepareFile } from "./prepare-file.ts";

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test("a file and its folders are made for this user alone", () => {
  const folder = temporaryFolder();
  const path = join(folder, "a", "b", "c.db");
  prepareFile(path);
  expect([path, join(folder, "a"), join(folder, "a", "b")].map(modeOf)).toEqual(["600", "700", "700"]);
});

test("what others may do with a file that is there, and with those beside it, is taken from them", () => {
  const folder = temporaryFolder();
  const path = join(folder, "c.db");
  const files = [path, `${path}-wal`, `${path}-shm`];
  for (const file of files) {
    writeFileSync(file, "");
    chmodSync(file, 0o664);
  }
  chmodSync(folder, 0o755);
  prepareFile(path);
  expect(files.map(modeOf)).toEqual(["600", "600", "600"]);
  expect(modeOf(folder)).toBe("755");
});

test("a file that is for this user alone stays as it is", () => {
  const path = join(temporaryFolder(), "c.db");
  writeFileSync(path, "kept");
  chmodSync(path, 0o700);
  prepareFile(path);
  expect([modeOf(path), statSync(path).size]).toEqual(["700", 4]);
});

test.each([
  ["a folder", (path: string) => mkdirSync(path), "it is no file"],
  ["below a file", (path: string) => writeFileSync(join(path, ".."), ""), "that should be a folder is a file"],
  [
    "a link that leads nowhere",
    (path: string) => symlinkSync(`${path}-gone`, path),
    "a link to a file that is not there",
  ],
  ["too long a name", () => {}, "it is too long"],
] as const)("%s is refused with what to do", (what, make, words) => {
  const folder = temporaryFolder();
  const name = what === "too long a name" ? "x".repeat(300) : "c.db";
  const path = what === "below a file" ? join(folder, "file", name) : join(folder, name);
  if (what === "below a file") writeFileSync(join(folder, "file"), "");
  else make(path);
  expect(() => prepareFile(path)).toThrow(
    expect.objectContaining({ code: "path_refused", message: expect.stringContaining(words) }),
  );
});

test.runIf(process.platform === "linux")(
  "a folder in which none can be made is refused, and not asked again for ever",
  () => {
    for (const path of ["/proc/none/c.db", "/proc/none/of/these/c.db"])
      expect(() => prepareFile(path)).toThrow(
        expect.objectContaining({
          code: "path_refused",
          message: expect.stringContaining("can be made at /proc/none"),
        }),
      );
  },
);
