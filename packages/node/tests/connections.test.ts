import { once } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { type NodeFetch, nodeFetch } from "../src/index.ts";
import { type Listening, listen, listenRaw, until } from "./listen.ts";

const NONE = { active: 0, idle: 0, waiting: 0 };
const isLong = process.env.CATENARY_LONG === "1";

describe("connections", () => {
  test("are used again, one after the other", async () => {
    await using server = await listen((request, response) => {
      request.resume();
      response.end("ok");
    });
    await using fetch = nodeFetch();
    for (let turn = 0; turn < 20; turn += 1)
      expect(await (await fetch(server.url, { method: "POST", body: "x" })).text()).toBe("ok");
    expect(server.made()).toBe(1);
    expect(fetch.connections()).toEqual({ ...NONE, idle: 1 });
  });

  test("are as many as allowed, and further requests wait", async () => {
    const answer: (() => void)[] = [];
    await using server = await listen((_, response) => void answer.push(() => response.end()));
    await using fetch = nodeFetch({ connectionsPerOrigin: 2 });
    const calls = Array.from({ length: 5 }, () => fetch(server.url).then((response) => response.text()));
    await until(() => answer.length === 2);
    expect(fetch.connections()).toEqual({ active: 2, idle: 0, waiting: 3 });
    while (answer.length > 0) {
      answer.shift()?.();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await Promise.all(calls);
    expect(server.made()).toBe(2);
  });

  test("that nobody uses are closed after a while", async () => {
    await using server = await listen((_, response) => response.end());
    await using fetch = nodeFetch({ idleMs: 30 });
    await (await fetch(server.url)).text();
    expect(fetch.connections().idle).toBe(1);
    await until(() => fetch.connections().idle === 0 && server.open() === 0);
  });

  test("are not ended by that while a request is on them", async () => {
    await using server = await listen((_, response) => void setTimeout(() => response.end("late"), 120));
    await using fetch = nodeFetch({ idleMs: 30 });
    expect(await (await fetch(server.url)).text()).toBe("late");
  });

  test("are free again after an answer without a body, and after a short one that nobody reads", async () => {
    await using server = await listen((request, response) => {
      if (request.url === "/none") response.writeHead(204).end();
      else response.setHeader("content-length", 10_000).end("x".repeat(10_000));
    });
    await using fetch = nodeFetch();
    for (const path of ["/none", "/short", "/none", "/short"]) {
      await fetch(server.url + path);
      await until(() => fetch.connections().idle === 1);
    }
    await fetch(`${server.url}/short`, { method: "HEAD" });
    await until(() => fetch.connections().idle === 1);
    expect(server.made()).toBe(1);
  });

  test("are broken when a long answer is cancelled", async () => {
    await using server = await listen((_, response) => void response.write("x".repeat(1_000_000)));
    await using fetch = nodeFetch();
    const response = await fetch(server.url);
    await response.body?.cancel();
    await until(() => server.open() === 0);
    expect(fetch.connections()).toEqual(NONE);
  });

  test("are broken when a long answer is lost", async () => {
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    await using server = await listen((_, response) => void response.write("x".repeat(1_000_000)));
    await using fetch = nodeFetch();
    await (async () => {
      await fetch(server.url);
      const { body } = await fetch(server.url);
      await body?.getReader().read();
    })();
    expect(fetch.connections().active).toBe(2);
    await until(() => {
      collect();
      return fetch.connections().active === 0;
    });
    expect(fetch.connections()).toEqual(NONE);
  });

  test("are kept for a stream whose answer is lost", async () => {
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    let finish = () => {};
    await using server = await listen((_, response) => {
      response.write("first ");
      finish = () => response.end("last");
    });
    await using fetch = nodeFetch();
    const body = await fetch(server.url).then((response) => response.body);
    for (let turn = 0; turn < 5; turn += 1) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    finish();
    expect(await new Response(body).text()).toBe("first last");
  });

  test("that their server has closed are not noticed by what means the same twice, and fail anything else", async () => {
    let answers = 0;
    // Answers once, and closes when it is spoken to again.
    await using server = await listenRaw((socket) => {
      let isFirst = true;
      socket.on("data", () => {
        if (!isFirst) return void socket.resetAndDestroy();
        isFirst = false;
        answers += 1;
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      });
    });
    await using fetch = nodeFetch();
    for (const method of ["GET", "PUT", "DELETE", "OPTIONS"])
      expect(await (await fetch(server.url, { method })).text()).toBe("ok");
    expect(answers).toBe(4);
    await expect(fetch(server.url, { method: "POST", body: "x" })).rejects.toMatchObject({
      message: "fetch failed",
      cause: { code: "ECONNRESET" },
    });
    expect(answers).toBe(4);
  });

  test("all end when the transport is closed, and nothing is sent afterwards", async () => {
    await using server = await listen((request, response) => {
      if (request.url === "/slow") response.write("x");
      else response.end();
    });
    const fetch = nodeFetch({ connectionsPerOrigin: 2 });
    await (await fetch(server.url)).text();
    const body = (await fetch(`${server.url}/slow`)).text();
    const waiting = [fetch(`${server.url}/slow`), fetch(`${server.url}/slow`)];
    const all = Promise.allSettled([body, ...waiting.map((call) => call.then((response) => response.text()))]);
    await until(() => fetch.connections().waiting === 1);
    await fetch.close();
    expect(fetch.connections()).toEqual(NONE);
    expect((await all).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    await expect(fetch(server.url)).rejects.toMatchObject({ code: "transport_closed" });
    await until(() => server.open() === 0);
  });
});

describe("an abort", () => {
  const reason = new Error("no longer wanted");
  const stages: Readonly<
    Record<string, (server: Listening, fetch: NodeFetch, controller: AbortController) => Promise<unknown>>
  > = {
    before: (server, fetch, controller) => {
      controller.abort(reason);
      return fetch(server.url, { signal: controller.signal });
    },
    "in the turn of the call": (server, fetch, controller) => {
      const call = fetch(server.url, { signal: controller.signal });
      controller.abort(reason);
      return call;
    },
    "one turn of promises later": (server, fetch, controller) => {
      const call = fetch(server.url, { signal: controller.signal });
      queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => controller.abort(reason))));
      return call;
    },
    "in the next tick": (server, fetch, controller) => {
      const call = fetch(server.url, { signal: controller.signal });
      process.nextTick(() => controller.abort(reason));
      return call;
    },
    "after a turn of the loop": (server, fetch, controller) => {
      const call = fetch(server.url, { signal: controller.signal });
      setImmediate(() => controller.abort(reason));
      return call;
    },
    "while a connection is waited for": async (server, fetch, controller) => {
      const other = new AbortController();
      const first = fetch(`${server.url}/silent`, { signal: other.signal }).catch(() => {});
      await until(() => fetch.connections().active === 1);
      const call = fetch(server.url, { signal: controller.signal });
      await new Promise(setImmediate);
      expect(fetch.connections().waiting).toBe(1);
      controller.abort(reason);
      other.abort();
      await first;
      return call;
    },
    "while the head is waited for": async (server, fetch, controller) => {
      const call = fetch(`${server.url}/silent`, { signal: controller.signal });
      await until(() => server.open() === 1);
      controller.abort(reason);
      return call;
    },
    "while a request is sent": async (server, fetch, controller) => {
      const body = new ReadableStream({
        async pull(stream) {
          stream.enqueue(new Uint8Array(100_000));
          await new Promise(setImmediate);
        },
      });
      const init = { method: "POST", body, duplex: "half" as const, signal: controller.signal };
      const call = fetch(`${server.url}/silent`, init);
      await until(() => server.open() === 1);
      controller.abort(reason);
      return call;
    },
    "before the body is read": async (server, fetch, controller) => {
      const response = await fetch(`${server.url}/endless`, { signal: controller.signal });
      controller.abort(reason);
      return response.text();
    },
    "while the body is read whole": async (server, fetch, controller) => {
      const text = (await fetch(`${server.url}/endless`, { signal: controller.signal })).text();
      setTimeout(() => controller.abort(reason), 5);
      return text;
    },
    "while the body is read piece by piece": async (server, fetch, controller) => {
      const { body } = await fetch(`${server.url}/endless`, { signal: controller.signal });
      const reader = body?.getReader();
      await reader?.read();
      await reader?.read();
      const next = reader?.read();
      controller.abort(reason);
      return next;
    },
    "between two pieces": async (server, fetch, controller) => {
      const { body } = await fetch(`${server.url}/endless`, { signal: controller.signal });
      const reader = body?.getReader();
      await reader?.read();
      controller.abort(reason);
      return reader?.read();
    },
    "while a compressed body is read": async (server, fetch, controller) => {
      const text = (await fetch(`${server.url}/gzip`, { signal: controller.signal })).text();
      setTimeout(() => controller.abort(reason), 5);
      return text;
    },
  };

  test.for(Object.keys(stages))("%s rejects with its reason and leaves no socket", async (stage) => {
    await using server = await listen((request, response) => {
      request.resume();
      if (request.url === "/silent") return;
      if (request.url === "/gzip")
        response.setHeader("content-encoding", "gzip").write(Buffer.from("1f8b0800000000000003", "hex"));
      else if (request.url !== "/endless") return void response.end();
      else response.write("x".repeat(100_000));
    });
    await using fetch = nodeFetch({ connectionsPerOrigin: 1 });
    const controller = new AbortController();
    await expect(stages[stage]?.(server, fetch, controller)).rejects.toBe(reason);
    await until(() => fetch.connections().active === 0 && fetch.connections().idle === 0);
    await until(() => server.open() === 0);
    expect(fetch.connections()).toEqual(NONE);
  });

  test("breaks the connection in the same turn", async () => {
    await using server = await listen(() => {});
    await using fetch = nodeFetch();
    const controller = new AbortController();
    const call = fetch(server.url, { signal: controller.signal });
    await until(() => server.open() === 1);
    expect(fetch.connections().active).toBe(1);
    controller.abort();
    expect(fetch.connections().active).toBe(0);
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
  });

  test("after everything has come changes nothing, and nobody listens for it any more", async () => {
    await using server = await listen((_, response) => response.end("whole"));
    await using fetch = nodeFetch();
    const listeners = new Map<string, number>();
    const { signal } = new AbortController();
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (type: string, ...rest: [never]) => {
      listeners.set(type, (listeners.get(type) ?? 0) + 1);
      add(type, ...rest);
    };
    signal.removeEventListener = (type: string, ...rest: [never]) => {
      listeners.set(type, (listeners.get(type) ?? 0) - 1);
      remove(type, ...rest);
    };
    expect(await (await fetch(server.url, { signal })).text()).toBe("whole");
    expect(listeners).toEqual(new Map([["abort", 0]]));
    await fetch("http://127.0.0.1:1/", { signal }).catch(() => {});
    expect(listeners).toEqual(new Map([["abort", 0]]));
  });

  test("at any moment, thousands of times, leaves no socket and no waiting request", {
    timeout: 600_000,
  }, async () => {
    await using server = await listen((request, response) => {
      request.resume();
      const late = Number(request.headers["x-late"]);
      const timer = setTimeout(() => {
        response.write("first");
        setTimeout(() => response.end("last"), late % 3);
      }, late % 4);
      response.on("close", () => clearTimeout(timer));
    });
    await using fetch = nodeFetch({ connectionsPerOrigin: 40 });
    const counts = { whole: 0, aborted: 0, other: 0 };
    let left = isLong ? 100_000 : 2_000;
    let seed = 1;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed;
    };
    const worker = async () => {
      while (left-- > 0) {
        const controller = new AbortController();
        const timer = random() % 3 === 0 ? undefined : setTimeout(() => controller.abort(reason), random() % 7);
        if (random() % 20 === 0) controller.abort(reason);
        try {
          const init = {
            method: "POST",
            body: "x",
            headers: { "x-late": String(random()) },
            signal: controller.signal,
          };
          const response = await fetch(server.url, init);
          const text = random() % 2 === 0 ? await response.text() : await new Response(response.body).text();
          counts[text === "firstlast" ? "whole" : "other"] += 1;
        } catch (error) {
          counts[error === reason ? "aborted" : "other"] += 1;
        } finally {
          clearTimeout(timer);
        }
      }
    };
    await Promise.all(Array.from({ length: 64 }, worker));
    expect(counts.other).toBe(0);
    expect(counts.whole).toBeGreaterThan(100);
    expect(counts.aborted).toBeGreaterThan(100);
    await until(() => fetch.connections().active === 0);
    expect(fetch.connections()).toMatchObject({ active: 0, waiting: 0 });
    await fetch.close();
    await until(() => server.open() === 0);
  });
});

describe("a stream", () => {
  test("hands on each piece when it comes", async () => {
    let say = (_words: string) => {};
    await using server = await listen((_, response) => {
      say = (words) => void response.write(words);
      response.flushHeaders();
    });
    await using fetch = nodeFetch();
    const reader = (await fetch(server.url)).body?.getReader();
    for (const words of ["one", "two", "three"]) {
      say(words);
      expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(words);
    }
    await reader?.cancel();
  });

  test("makes its server wait where nobody reads", async () => {
    let written = 0;
    await using server = await listen(async (_, response) => {
      for (; written < 64 * 1024 * 1024 && !response.destroyed; written += 65_536) {
        if (!response.write(new Uint8Array(65_536))) await once(response, "drain").catch(() => {});
      }
      response.end();
    });
    await using fetch = nodeFetch();
    const response = await fetch(server.url);
    await new Promise((resolve) => setTimeout(resolve, 150));
    // What lies in the buffers of the system, on both sides.
    expect(written).toBeLessThan(24 * 1024 * 1024);
    expect((await response.arrayBuffer()).byteLength).toBe(64 * 1024 * 1024);
  });

  test("fills memory that its reader brings", async () => {
    await using server = await listen((_, response) => response.end("bytes"));
    await using fetch = nodeFetch();
    const reader = (await fetch(server.url)).body?.getReader({ mode: "byob" });
    const read = await reader?.read(new Uint8Array(16));
    expect(new TextDecoder().decode(read?.value)).toBe("bytes");
    expect(await reader?.read(new Uint8Array(16))).toMatchObject({ done: true });
  });
});
