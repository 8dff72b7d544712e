import { once } from "node:events";
import { connect } from "node:net";
import { createVirtualClock } from "@catenary/testing";
import { describe, expect, type Mock, test, vi } from "vitest";
import { HttpError } from "../src/errors/http-error.ts";
import { frameOf } from "../src/reply.ts";
import type { Route } from "../src/route.ts";
import { rawExchange, rawRequest } from "./fixtures/raw-exchange.ts";
import { handlerOf, serveRoutes } from "./fixtures/serve-routes.ts";
import { call, counting, failing, streamOf } from "./fixtures/test-routes.ts";

/** Resolves when it is told to. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: () => resolve() };
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

describe.each(["a socket", "a Response"] as const)("events over %s", (way) => {
  async function open(events: (signal: AbortSignal) => AsyncIterable<string>, signal?: AbortSignal) {
    const routes = [streamOf(events)];
    const init = signal === undefined ? {} : { signal };
    if (way === "a Response") {
      const response = await handlerOf(routes)(new Request("http://localhost/stream", init));
      if (response === undefined) throw new Error("the path is not taken");
      return { response, close: async () => {} };
    }
    const served = await serveRoutes(routes);
    return { response: await fetch(`${served.url}/stream`, init), close: () => served.close() };
  }

  test("come as they were written, with the headers of a stream", async () => {
    const { response, close } = await open(() => counting(3));
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
    expect(await response.text()).toBe([1, 2, 3].map((count) => `data: {"count":${count}}\n\n`).join(""));
    await close();
  });

  test("the head is there before the first of them", async () => {
    const first = gate();
    const { response, close } = await open(async function* () {
      await first.opened;
      yield frameOf("late");
    });
    expect(response.status).toBe(200);
    first.open();
    expect(await response.text()).toBe('data: "late"\n\n');
    await close();
  });

  test("what breaks off does not look whole", async () => {
    const { response, close } = await open(async function* () {
      yield frameOf("half");
      throw new Error("broken");
    });
    await expect(response.text()).rejects.toThrow();
    await close();
  });

  test("a client that leaves ends them, and their call", async () => {
    const ended = gate();
    let given: AbortSignal | undefined;
    const { response, close } = await open(async function* (signal) {
      given = signal;
      try {
        yield frameOf("first");
        await aborted(signal);
      } finally {
        ended.open();
      }
    });
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await ended.opened;
    expect(given?.aborted).toBe(true);
    await close();
  });
});

test("HEAD of a stream has its head, and nobody's work is begun", async () => {
  const begun = vi.fn();
  await using served = await serveRoutes([
    streamOf(async function* () {
      begun();
      yield frameOf("x");
    }),
  ]);
  const response = await fetch(`${served.url}/stream`, { method: "HEAD" });
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(await response.text()).toBe("");
  expect(begun).not.toHaveBeenCalled();
});

test("a client that reads slowly is waited for", async () => {
  const frame = frameOf("x".repeat(64 * 1024));
  let written = 0;
  const controller = new AbortController();
  await using served = await serveRoutes([
    streamOf(async function* (signal) {
      for (; written < 2_000 && !signal.aborted; written++) yield frame;
    }),
  ]);
  const response = await fetch(`${served.url}/stream`, { signal: controller.signal });
  await response.body?.getReader().read();
  let before = -1;
  // Until nothing more goes out: what fits between the two is full.
  while (before !== written) {
    before = written;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(written).toBeLessThan(2_000);
  controller.abort();
});

test("a silent stream says every 15 seconds that it is there", async () => {
  const clock = createVirtualClock();
  const end = gate();
  await using served = await serveRoutes(
    [
      streamOf(async function* () {
        yield frameOf("first");
        await end.opened;
      }),
    ],
    { clock },
  );
  const response = await fetch(`${served.url}/stream`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe('data: "first"\n\n');
  await clock.advance(30_000);
  expect((await reader?.read())?.value).toMatch(/^: /);
  end.open();
  await reader?.cancel();
});

describe("failures", () => {
  test("of nobody's making are answered without their message, and logged with it", async () => {
    const log = vi.fn();
    await using served = await serveRoutes([failing(new TypeError("secret of the house"))], { logger: { log } });
    const response = await fetch(`${served.url}/fail`);
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(JSON.parse(text).error).toMatchObject({ type: "api_error", code: "internal_error" });
    expect(text).not.toContain("secret");
    expect(text).not.toMatch(/\bat \S+:\d+/);
    expect(log).toHaveBeenCalledWith(
      "error",
      "request_failed",
      expect.objectContaining({ requestId: expect.any(String) }),
    );
    expect(JSON.stringify(log.mock.calls)).toContain("secret of the house");
  });

  test("of JSON that is none are answered too", async () => {
    await using served = await serveRoutes([{ ...call, path: "/odd", handle: () => ({ status: 200, json: 1n }) }]);
    expect((await fetch(`${served.url}/odd`)).status).toBe(500);
  });

  test("every request is one line of the log, without its query", async () => {
    const log = vi.fn();
    await using served = await serveRoutes([call], { logger: { log } });
    await fetch(`${served.url}/call/1/2?token=secret`);
    expect(log).toHaveBeenCalledExactlyOnceWith("info", "request", {
      requestId: expect.any(String),
      method: "GET",
      path: "/call/1/2",
      route: "/call/{id}/{rest}",
      status: 200,
      durationMs: expect.any(Number),
    });
  });
});

describe("the line of a stream", () => {
  const lineOf = (log: Mock) => log.mock.calls.find((call) => call[1] === "request");

  test("is written at its end, with how it ended", async () => {
    const log = vi.fn();
    const end = gate();
    await using served = await serveRoutes(
      [
        streamOf(async function* () {
          yield frameOf("first");
          await end.opened;
        }),
      ],
      { logger: { log } },
    );
    const response = await fetch(`${served.url}/stream`);
    const reader = response.body?.getReader();
    await reader?.read();
    expect(lineOf(log)).toBeUndefined();
    end.open();
    expect((await reader?.read())?.done).toBe(true);
    await vi.waitFor(() => expect(lineOf(log)).toMatchObject(["info", "request", { status: 200, outcome: "ended" }]));
  });

  test("says that its client left, and that it broke", async () => {
    const log = vi.fn();
    const endless = streamOf(async function* (signal) {
      for (; !signal.aborted; await new Promise((resolve) => setTimeout(resolve, 5))) yield frameOf("more");
    });
    const broken: Route = {
      ...streamOf(async function* () {
        yield frameOf("first");
        throw new Error("no more");
      }),
      path: "/broken",
    };
    await using served = await serveRoutes([endless, broken], { logger: { log } });
    const leave = new AbortController();
    const response = await fetch(`${served.url}/stream`, { signal: leave.signal });
    await response.body?.getReader().read();
    leave.abort();
    await vi.waitFor(() => expect(lineOf(log)).toMatchObject(["info", "request", { outcome: "left" }]));
    log.mockClear();
    await expect(fetch(`${served.url}/broken`).then((answer) => answer.text())).rejects.toThrow();
    await vi.waitFor(() => expect(lineOf(log)).toMatchObject(["error", "request", { outcome: "broke" }]));
    expect(log.mock.calls.filter(([, message]) => message === "request")).toHaveLength(1);
  });
});

test("the line of a refused request has its code and the field at fault, and not what was said", async () => {
  const log = vi.fn();
  const refused: Route = {
    ...call,
    path: "/refused",
    handle: () => {
      throw new HttpError(400, "got a-private-word", { param: "field" });
    },
  };
  await using served = await serveRoutes([refused], { logger: { log } });
  await fetch(`${served.url}/refused`);
  expect(log).toHaveBeenCalledExactlyOnceWith(
    "info",
    "request",
    expect.objectContaining({ status: 400, code: "bad_request", param: "field" }),
  );
  expect(JSON.stringify(log.mock.calls)).not.toContain("private");
});

describe("a server that closes", () => {
  test("lets open streams go to their end, and takes nothing new", async () => {
    const end = gate();
    const served = await serveRoutes([
      streamOf(async function* () {
        yield frameOf("first");
        await end.opened;
        yield frameOf("last");
      }),
    ]);
    const response = await fetch(`${served.url}/stream`);
    const closed = served.close();
    await expect(fetch(`${served.url}/stream`)).rejects.toThrow();
    end.open();
    expect(await response.text()).toBe('data: "first"\n\ndata: "last"\n\n');
    await closed;
  });

  test("tells those that do not end, and then ends them", async () => {
    const told = gate();
    const served = await serveRoutes(
      [
        streamOf(async function* (signal) {
          yield frameOf("first");
          await aborted(signal);
          told.open();
          yield frameOf("bye");
        }),
      ],
      {},
      { graceMs: 20 },
    );
    const response = await fetch(`${served.url}/stream`);
    await Promise.all([served.close(), told.opened]);
    expect(await response.text()).toBe('data: "first"\n\ndata: "bye"\n\n');
  });

  test("ends at once what only waits for what happens", async () => {
    const end = gate();
    const following: Route = {
      ...streamOf(() => counting(0)),
      handle: () => ({
        status: 200,
        events: (async function* () {
          yield frameOf("first");
          await end.opened;
        })(),
        letGo: () => end.open(),
      }),
    };
    // The test would come to its own end long before the grace's.
    const served = await serveRoutes([following], {}, { graceMs: 600_000 });
    const response = await fetch(`${served.url}/stream`);
    await served.close();
    expect(await response.text()).toBe('data: "first"\n\n');
  });

  test("waits for no connection on which nothing was asked yet", async () => {
    const served = await serveRoutes([streamOf(() => counting(1))], {}, { graceMs: 600_000 });
    const silent = connect(served.port, "127.0.0.1");
    await once(silent, "connect");
    // What was asked and answered meanwhile shows that the server knows of the one before.
    await (await fetch(`${served.url}/stream`)).text();
    await Promise.all([served.close(), once(silent, "close")]);
  });

  test("breaks those that do not listen", async () => {
    const served = await serveRoutes(
      [
        streamOf(async function* () {
          yield frameOf("first");
          await new Promise(() => {});
        }),
      ],
      {},
      { graceMs: 20 },
    );
    const response = await fetch(`${served.url}/stream`);
    await served.close();
    await expect(response.text()).rejects.toThrow();
  });

  test("does not wait for connections on which nobody asks", async () => {
    const served = await serveRoutes([call]);
    await (await fetch(`${served.url}/call/1/2`)).text();
    await served.close();
    await served.close();
  });
});

describe("what is no request", () => {
  test.each([
    [
      "headers that are too long",
      rawRequest("GET /call/1/2", ["Host: localhost", `X-Long: ${"x".repeat(20_000)}`]),
      431,
    ],
    ["another protocol", "\x16\x03\x01 hello\r\n\r\n", 400],
    ["a header that is none", rawRequest("GET /call/1/2", ["Host: localhost", "no header"]), 400],
    ["two lengths", rawRequest("POST /x", ["Host: localhost", "Content-Length: 1", "Content-Length: 2"], "ab"), 400],
    [
      "a length and chunks",
      rawRequest("POST /x", ["Host: localhost", "Content-Length: 5", "Transfer-Encoding: chunked"], "0\r\n\r\n"),
      400,
    ],
    ["no host", rawRequest("GET /call/1/2", []), 400],
    ["two hosts", rawRequest("GET /call/1/2", ["Host: localhost", "Host: 127.0.0.1"]), 400],
    [
      "too many headers",
      rawRequest("GET /call/1/2", ["Host: localhost", ...Array.from({ length: 150 }, (_, at) => `X-${at}: a`)]),
      431,
    ],
  ])("%s is refused before any route sees it", async (_name, sent, status) => {
    await using served = await serveRoutes([call]);
    const answer = await rawExchange(served.url, sent);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(answer.split("\r\n\r\n")[1] ?? "")).toMatchObject({ error: { message: expect.any(String) } });
  });

  test("it is told in the shape of every error", async () => {
    await using served = await serveRoutes([call]);
    const [head = "", body = ""] = (await rawExchange(served.url, "nonsense\r\n\r\n")).split("\r\n\r\n");
    expect(head.toLowerCase()).toContain("x-request-id: ");
    expect(JSON.parse(body)).toHaveProperty("error.code", "bad_request");
  });
});
