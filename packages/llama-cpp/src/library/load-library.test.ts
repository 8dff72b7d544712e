import { expect, test } from "vitest";
import { loadLibrary } from "./load-library.ts";
import { installCommand, platformPackage } from "./platform-package.ts";

const linux = { os: "linux", cpu: "x64" };

test("a missing library is told with the line that installs it and this machine's binary alone", async () => {
  const missing = Object.assign(new Error("Cannot find package 'node-llama-cpp' imported from here"), {
    code: "ERR_MODULE_NOT_FOUND",
  });
  await expect(loadLibrary(() => Promise.reject(missing), linux)).rejects.toMatchObject({
    code: "runtime_missing",
    failure: "unavailable",
    cause: missing,
    message:
      "node-llama-cpp is not installed, and @catenary/llama-cpp runs models with it. Run: npm install --omit=optional node-llama-cpp @node-llama-cpp/linux-x64",
  });
});

test("one that is there but lacks a part of its own is not called missing", async () => {
  const broken = Object.assign(new Error("Cannot find package 'chalk' imported from node-llama-cpp"), {
    code: "ERR_MODULE_NOT_FOUND",
  });
  await expect(loadLibrary(() => Promise.reject(broken), linux)).rejects.toThrow(/is installed but cannot be loaded/);
});

test.each([
  ["linux", "x64", "@node-llama-cpp/linux-x64"],
  ["linux", "arm64", "@node-llama-cpp/linux-arm64"],
  ["darwin", "arm64", "@node-llama-cpp/mac-arm64-metal"],
  ["darwin", "x64", "@node-llama-cpp/mac-x64"],
  ["win32", "x64", "@node-llama-cpp/win-x64"],
  ["win32", "arm64", "@node-llama-cpp/win-arm64"],
  ["freebsd", "x64", undefined],
])("%s on %s is served by %s", (os, cpu, name) => {
  expect(platformPackage({ os, cpu })).toBe(name);
});

test("without a package for the machine the line installs the library alone, and a version applies to both", () => {
  expect(installCommand({ os: "freebsd", cpu: "x64" })).toBe("npm install --omit=optional node-llama-cpp");
  expect(installCommand(linux, "3.21.1")).toBe(
    "npm install --omit=optional node-llama-cpp@3.21.1 @node-llama-cpp/linux-x64@3.21.1",
  );
});
