import { describe, expect, test } from "vitest";
import { type From, merged } from "./merged.ts";

async function* giving(values: readonly string[], state = { isEnded: false }, error?: Error) {
  try {
    yield* values;
    if (error !== undefined) throw error;
  } finally {
    state.isEnded = true;
  }
}

async function* never(): AsyncGenerator<string> {
  await new Promise(() => {});
}

async function collect(source: AsyncIterable<From<string>>) {
  const found: From<string>[] = [];
  for await (const one of source) found.push(one);
  return found;
}

describe("merged", () => {
  test("gives all values of all sources, those of one in their order", async () => {
    const found = await collect(merged([giving(["a", "b"]), giving([]), giving(["c", "d", "e"])]));
    const of = (wanted: number) => found.flatMap(({ source, value }) => (source === wanted ? value : []));
    expect([of(0), of(1), of(2)]).toEqual([["a", "b"], [], ["c", "d", "e"]]);
  });

  test("does not wait for one source where another has something", async () => {
    const source = merged([never(), giving(["a"])]);
    expect((await source.next()).value).toEqual({ source: 1, value: "a" });
  });

  test.each([1, 2])("fails with the first failure of %i sources, and tells that it ended", async (count) => {
    const state = { isEnded: false };
    const others = count === 1 ? [] : [giving(["x", "y", "z"], state)];
    await expect(collect(merged([giving(["a"], undefined, new Error("no")), ...others]))).rejects.toThrow("no");
    if (count > 1) await expect.poll(() => state.isEnded).toBe(true);
  });

  test("ends all sources where nobody reads on", async () => {
    const states = [{ isEnded: false }, { isEnded: false }];
    let ends = 0;
    const source = merged(
      states.map((state) => giving(["a", "b", "c"], state)),
      () => {
        ends++;
      },
    );
    await source.next();
    await source.return(undefined);
    await expect.poll(() => states.every(({ isEnded }) => isEnded)).toBe(true);
    expect(ends).toBe(1);
  });
});
