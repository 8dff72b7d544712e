import { afterEach, describe, expect, it, vi } from "vitest";
import { ollama, ollamaType } from "./ollama.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the settings of ollama()", () => {
  it("take the address from OLLAMA_HOST where none is given", () => {
    vi.stubEnv("OLLAMA_HOST", "0.0.0.0:8080");
    expect(ollama().baseUrl).toBe("http://127.0.0.1:8080");
    expect(ollama({ baseUrl: "http://gpu-box:1234" }).baseUrl).toBe("http://gpu-box:1234");
  });

  it("are refused where they are of another kind", () => {
    // Safe: as a program in JavaScript may write them.
    const make = (settings: object) => () => ollama(settings as never);
    expect(make({ models: { m: { capabilites: {} } } })).toThrow("Did you mean capabilities?");
    expect(make({ keepAlive: "five" })).toThrow("expects `keepAlive` to be a number of seconds or a duration");
    for (const keepAlive of ["5m", "1h30m", "-1", -1, 0, 300]) expect(make({ keepAlive })).not.toThrow();
  });

  it("are refused where the address is blank, which is none and not this machine's", () => {
    for (const baseUrl of ["", " "])
      expect(() => ollamaType.open({ id: "o", baseUrl }, {})).toThrow("expected the address of an Ollama server");
  });

  it("have a default for everything", () => {
    vi.stubEnv("OLLAMA_HOST", " ");
    expect(ollama()).toMatchObject({ id: "ollama", type: "ollama", baseUrl: "http://127.0.0.1:11434" });
  });

  it("send headers and credentials with every request", async () => {
    const seen: Headers[] = [];
    const fetch = async (_input: unknown, init?: RequestInit) => {
      seen.push(new Headers(init?.headers));
      return Response.json({
        models: [],
        model: "m",
        embeddings: [[1]],
        total_duration: 1,
        load_duration: 1,
        prompt_eval_count: 1,
      });
    };
    const backend = ollama({ baseUrl: "http://ann:secret@gpu-box", headers: { "x-team": "blue" }, fetch });
    await backend.listModels();
    await backend.embeddingModel?.("m").doEmbed({ values: ["a"] });
    await backend.deleteModel?.("m");
    expect(seen).toHaveLength(3);
    for (const headers of seen) {
      expect(headers.get("x-team")).toBe("blue");
      expect(headers.get("authorization")).toBe(`Basic ${btoa("ann:secret")}`);
    }
    expect(JSON.stringify(backend)).not.toContain("secret");
  });
});

describe("ollamaType", () => {
  it("opens a backend from a stored record, on the runtime's fetch", async () => {
    const asked: { readonly url: string; readonly authorization: string | null }[] = [];
    const backend = ollamaType.open(
      { id: "gpu", name: "The GPU box", baseUrl: "http://gpu-box:11434/", apiKey: "key" },
      {
        fetch: async (input, init) => {
          asked.push({ url: String(input), authorization: new Headers(init?.headers).get("authorization") });
          return Response.json({ models: [] });
        },
      },
    );
    expect(backend).toMatchObject({ id: "gpu", name: "The GPU box", type: "ollama", baseUrl: "http://gpu-box:11434" });
    expect(await backend.listModels()).toEqual([]);
    expect(asked).toEqual([{ url: "http://gpu-box:11434/api/tags", authorization: "Bearer key" }]);
  });
});

it("settings of ollama() that are undefined are absent", () => {
  const absent: string | undefined = process.env.CATENARY_NOT_SET_ANYWHERE;
  const backend = ollama({ id: absent, baseUrl: absent, routing: { concurrency: undefined, weight: 2 } });
  expect(backend).toMatchObject({ id: "ollama", routing: { concurrency: 1, weight: 2, queueLength: 512 } });
});
