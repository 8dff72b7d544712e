import { expect, test } from "vitest";
import { inMegabytes, showProgress } from "./show-progress.ts";

function shown(isTTY: boolean) {
  let text = "";
  let time = 0;
  const progress = showProgress("m", { isTTY, columns: 80, write: (piece) => (text += piece) }, () => time);
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

test("bytes are shown in millions", () => {
  expect([1_500_000, 98_362_432].map(inMegabytes)).toEqual(["1.5 MB", "98 MB"]);
});
