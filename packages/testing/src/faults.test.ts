import { describe, expect, it } from "vitest";
import { createFaults, type Fault } from "./faults.ts";
import { streamOf } from "./stream-of.ts";
import { createVirtualClock } from "./virtual-clock.ts";

const shape = (status: number, message: string) => Response.json({ error: message }, { status });
const request = (signal?: AbortSignal) => new Request("http://fake.example/", signal ? { signal } : {});

/** Answers in three chunks of two bytes. */
function faulty(...planned: readonly Fault[]) {
  const answer = async () => new Response(streamOf(["aa", "bb", "cc"]).pipeThrough(new TextEncoderStream()));
  const { faults, handle } = createFaults(answer, shape);
  faults.next(...planned);
  return { faults, handle };
}

async function readUntilFailure(response: Response): Promise<{ readonly text: string; readonly error: unknown }> {
  let text = "";
  try {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += chunk;
  } catch (error) {
    return { text, error };
  }
  return { text, error: undefined };
}

describe("faults", () => {
  it("leave a request alone where nothing is planned", async () => {
    expect(await (await faulty().handle(request())).text()).toBe("aabbcc");
  });

  it("happen once each, in their order", async () => {
    const { handle } = faulty({ kind: "status", status: 500 }, { kind: "status", status: 503 });
    const statuses = [];
    for (let count = 0; count < 3; count++) statuses.push((await handle(request())).status);
    expect(statuses).toEqual([500, 503, 200]);
  });

  it("happen always, until they are taken back", async () => {
    const { faults, handle } = faulty();
    faults.always({ kind: "status", status: 500 });
    expect((await handle(request())).status).toBe(500);
    expect((await handle(request())).status).toBe(500);
    faults.always(undefined);
    expect((await handle(request())).status).toBe(200);
  });

  it("are forgotten when they are cleared", async () => {
    const { faults, handle } = faulty({ kind: "reset" });
    faults.always({ kind: "reset" });
    faults.clear();
    expect((await handle(request())).status).toBe(200);
  });

  it("answer with a status, in the server's shape or as it is told", async () => {
    const { handle } = faulty(
      { kind: "status", status: 429, message: "slow down", retryAfterSeconds: 3, headers: { "x-limit": "10" } },
      { kind: "status", status: 502, body: "<html>" },
    );
    const shaped = await handle(request());
    expect(shaped.status).toBe(429);
    expect(shaped.headers.get("retry-after")).toBe("3");
    expect(shaped.headers.get("x-limit")).toBe("10");
    expect(await shaped.json()).toEqual({ error: "slow down" });
    expect(await (await handle(request())).text()).toBe("<html>");
  });

  it("delay an answer by the clock they are given", async () => {
    const clock = createVirtualClock();
    const { faults, handle } = createFaults(async () => new Response("late"), shape, clock);
    faults.next({ kind: "delay", delayMs: 60_000 });
    let answered = false;
    const response = handle(request()).then((answer) => {
      answered = true;
      return answer;
    });
    await clock.advance(59_999);
    expect(answered).toBe(false);
    await clock.advance(1);
    expect(await (await response).text()).toBe("late");
  });

  it("hang until the caller gives up", async () => {
    const controller = new AbortController();
    const response = faulty({ kind: "hang" }).handle(request(controller.signal));
    controller.abort("enough");
    await expect(response).rejects.toBe("enough");
  });

  it("break the connection as the platform's fetch tells it", async () => {
    const response = faulty({ kind: "reset" }).handle(request());
    await expect(response).rejects.toThrow(TypeError);
    await expect(response).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
  });

  it.each([
    [{ kind: "cut" }, ""],
    [{ kind: "cut", afterChunks: 2 }, "aabb"],
    [{ kind: "cut", afterBytes: 3 }, "aab"],
    [{ kind: "cut", afterChunks: 1, afterBytes: 5 }, "aa"],
    [{ kind: "cut", afterChunks: 99 }, "aabbcc"],
  ] as const)("cut a body off: %j", async (fault, wanted) => {
    const { text, error } = await readUntilFailure(await faulty(fault).handle(request()));
    expect(text).toBe(wanted);
    expect(error).toMatchObject({ cause: { code: "ECONNRESET" } });
  });

  it("stall a body until the caller gives up", async () => {
    const controller = new AbortController();
    const response = await faulty({ kind: "stall", afterChunks: 1 }).handle(request(controller.signal));
    const reading = readUntilFailure(response);
    setTimeout(() => controller.abort("enough"), 5);
    expect(await reading).toEqual({ text: "aa", error: "enough" });
  });

  it("let a body come in small pieces", async () => {
    const { body } = await faulty({ kind: "trickle", bytes: 1 }).handle(request());
    const pieces: string[] = [];
    for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) pieces.push(piece);
    expect(pieces).toEqual(["a", "a", "b", "b", "c", "c"]);
  });

  it("do not keep a body going after the caller gave up", async () => {
    const controller = new AbortController();
    const response = await faulty().handle(request(controller.signal));
    controller.abort("enough");
    expect(await readUntilFailure(response)).toEqual({ text: "", error: "enough" });
  });
});
