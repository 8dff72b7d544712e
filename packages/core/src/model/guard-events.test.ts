import fc from "fast-check";
import { expect, test } from "vitest";
import { guardEvents } from "./guard-events.ts";
import { noEvents } from "./no-events.ts";

const asked = { backend: "b", place: "x.test/v1", hide: (text: string) => text.replaceAll("s3cret", "…") };
const guard = (text: string, cuts: readonly number[] = []) => {
  const bytes = new TextEncoder().encode(text);
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const [at, edge] of edges.slice(1).entries()) controller.enqueue(bytes.slice(edges[at], edge));
      controller.close();
    },
  });
  const guarded = guardEvents(new Response(body), { endsAtDone: true, toFailure: (all) => noEvents(all, asked) });
  return guarded.text();
};

test("events pass as they are, wherever they are cut, up to the last one", async () => {
  const events = '\ufeff: hello\n\ndata: {"text":"\\ndata: [DONE]"}\r\n\r\nevent: x\ndata: <p>\n\ndata: [DONE]\n\n';
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(200)), async (cuts) => {
      expect((await guard(events, cuts)).trim()).toBe(events.replace("\ufeff", "").trim());
    }),
    { numRuns: 30 },
  );
  expect(await guard("data: 1\n\ndata:[DONE]\n\n")).toBe("data: 1\n\ndata:[DONE]\n\n");
  expect(await guard("")).toBe("");
});

test.each([
  [
    "a page with its title",
    " \n<!doctype html><title> Log in with s3cret </title><body>",
    {
      failure: "reply",
      message: expect.stringContaining('answered with a page ("Log in with …") instead of a stream'),
    },
  ],
  ["a page without", "<html>", { failure: "reply", message: expect.stringContaining("a page instead of a stream") }],
  [
    "an error",
    '{"error":{"message":"no s3cret route"}}',
    { failure: "server_error", message: "x.test/v1 failed while it answered: no … route" },
  ],
  ["an error of a kind", '[{"error":{"status":"RESOURCE_EXHAUSTED","message":"slower"}}]', { failure: "rate_limit" }],
  ["a whole answer", '{"choices":[]}', { failure: "reply", message: expect.stringContaining("does not stream") }],
])("what is no stream fails as what it is: %s", async (_, text, expected) => {
  for (const cuts of [[], [1, 2, 3, 10]]) {
    await expect(guard(text, cuts)).rejects.toMatchObject({ ...expected, details: { backend: "b" } });
  }
});

test("a page without end is read up to a bound", async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode("<html>".repeat(1_000))),
    cancel: () => {
      cancelled = true;
    },
  });
  const guarded = guardEvents(new Response(body), { endsAtDone: false, toFailure: (all) => noEvents(all, asked) });
  await expect(guarded.text()).rejects.toMatchObject({ failure: "reply" });
  expect(cancelled).toBe(true);
});
