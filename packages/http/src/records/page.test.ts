import { expect, test } from "vitest";
import { pageReply } from "./page.ts";

/** Keeps the process busy, as the check of a large chain does. */
function work(): void {
  const end = performance.now() + 25;
  while (performance.now() < end);
}

test("a page whose items take long lets others be answered between them", async () => {
  const log: string[] = [];
  const others = setInterval(() => log.push("other"), 0);
  try {
    const items = [3, 2, 1].map((createdAt) => ({ createdAt }));
    const { json } = await pageReply(items, { limit: 10, before: Infinity }, ({ createdAt }) => {
      work();
      log.push("item");
      return createdAt;
    });
    expect(json).toEqual([3, 2, 1]);
  } finally {
    clearInterval(others);
  }
  expect(log.slice(log.indexOf("item") + 1, log.lastIndexOf("item"))).toContain("other");
});
