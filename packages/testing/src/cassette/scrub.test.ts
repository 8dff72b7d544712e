import type { Json } from "@catenary/core";
import { CatenaryError } from "@catenary/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ask } from "../../tests/ask.ts";
import { scriptedBackend } from "../scripted/scripted-backend.ts";
import { printCassette } from "./cassette-text.ts";
import { recordCassette } from "./record-cassette.ts";
import { replayCassette } from "./replay-cassette.ts";
import { createScrub } from "./scrub.ts";
import { scrubParts } from "./scrub-parts.ts";
import { SCRUBBED } from "./secret-text.ts";
import { toJson } from "./to-json.ts";

/** Made of pieces, so that nothing that looks for secrets finds them here. */
const CANARIES = [
  `sk-${"proj-Canary0123456789abcdef"}`,
  `AIza${"SyCanary0123456789abcdefghijklmnopq"}`,
  `ghp_${"Canary0123456789abcdefghij"}`,
  `hf_${"Canary0123456789abcdefghij"}`,
  `xoxb-${"canary-0123456789"}`,
  `AKIA${"CANARY0123456789"}`,
  `eyJ${"hbGciOiJIUzI1NiJ9"}.${"eyJjYW5hcnkiOjF9"}.${"c2lnbmF0dXJlc2lnbmF0dXJl"}`,
];
const OWN_SECRET = 'hunter"2/ö?';

function spellings(secret: string): readonly string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
}

describe("a cassette keeps no secret", () => {
  const secretText = `keys: ${CANARIES.join(" ")} and ${OWN_SECRET}`;

  test("of a prompt, a header, an answer, a tool call or an error", async () => {
    const backend = recordCassette(
      scriptedBackend({
        replies: [
          { text: secretText, reasoning: secretText, toolCalls: [{ name: "login", args: { password: "tiger" } }] },
          { text: secretText, chunks: 3 },
          { error: { status: 401, message: `Incorrect API key provided: ${CANARIES[0]}` } },
          () => {
            throw new CatenaryError("model_failed", secretText, {
              failure: "auth",
              details: { apiKey: "plain-canary" },
            });
          },
        ],
      }),
      { secrets: [OWN_SECRET, undefined, ""] },
    );
    const model = backend.languageModel("m");
    const headers = { authorization: "Bearer header-canary", "x-api-key": "header-canary" };
    const providerOptions = {
      lab: { apiKey: "option-canary", url: "https://user:url-canary@example.com/?key=url-canary" },
    };
    await model.doGenerate(ask(secretText, { headers, providerOptions }));
    for await (const _part of (await model.doStream(ask(secretText, { headers }))).stream);
    for (let calls = 0; calls < 2; calls++) await Promise.resolve(model.doGenerate(ask("x"))).catch(() => {});
    const text = printCassette(backend.cassette);
    expect(backend.cassette.calls).toHaveLength(4);
    for (const canary of [...CANARIES, "header-canary", "option-canary", "url-canary", "plain-canary", "tiger"])
      expect(text).not.toContain(canary);
    for (const spelling of spellings(OWN_SECRET)) expect(text).not.toContain(spelling);
    expect(text).toContain("and [scrubbed]");
  });

  test("and is replayed for the same question, secret or not", async () => {
    const backend = recordCassette(scriptedBackend({ replies: ["fine"] }), { secrets: [OWN_SECRET] });
    await backend.languageModel("m").doGenerate(ask(secretText));
    const replay = replayCassette(backend.cassette, { secrets: [OWN_SECRET] });
    const { content } = await replay.languageModel("m").doGenerate(ask(secretText));
    expect(content).toEqual([{ type: "text", text: "fine" }]);
  });

  test("nor does the error for what it lacks", async () => {
    const replay = replayCassette(recordCassette(scriptedBackend()).cassette, { secrets: [OWN_SECRET] });
    const error = await Promise.resolve(replay.languageModel("m").doGenerate(ask(secretText))).catch(String);
    for (const canary of CANARIES) expect(error).not.toContain(canary);
    expect(error).not.toContain("hunter");
  });
});

describe("scrubbing", () => {
  test("leaves innocent text, and the names of a schema's fields", () => {
    const scrub = createScrub();
    const schema: Json = {
      properties: { password: { type: "string" }, risk: { type: "number" } },
      text: "the task-list of Oskar, 2026-11-23: use a bearer token, or Basic authentication.",
    };
    expect(scrub(schema)).toEqual(schema);
  });

  test("takes out credentials by the word before them", () => {
    const scrub = createScrub();
    expect(scrub("Authorization: Bearer canary-x, Basic dXNlcjpwYXNz")).toBe(
      `Authorization: Bearer ${SCRUBBED}, Basic ${SCRUBBED}`,
    );
  });

  test("takes out credentials by the field that they stand in", () => {
    const scrub = createScrub();
    expect(scrub({ Authorization: "x y", "X-API-Key": "abc", cookie: "a=b", access_token: "q" })).toEqual({
      Authorization: SCRUBBED,
      "X-API-Key": SCRUBBED,
      cookie: SCRUBBED,
      access_token: SCRUBBED,
    });
  });

  test("takes out what is no text by the name of its field, and keeps what says nothing", () => {
    const scrub = createScrub();
    expect(
      scrub({
        api_keys: ["a", ["b", 7]],
        credentials: { user: "ann", more: { pin: 1234, isSet: true, none: null } },
        token: new Date(0).getTime() + 5,
        signedCookie: { $date: "2026-11-23T00:00:00.000Z" },
        password: false,
      }),
    ).toEqual({
      api_keys: [SCRUBBED, [SCRUBBED, SCRUBBED]],
      credentials: { user: SCRUBBED, more: { pin: SCRUBBED, isSet: true, none: null } },
      token: SCRUBBED,
      signedCookie: SCRUBBED,
      password: false,
    });
  });

  test("takes out headers and variables in all the forms of lists", () => {
    const scrub = createScrub();
    expect(
      scrub({
        pairs: [
          ["authorization", "a"],
          ["accept", "b"],
        ],
        rawHeaders: ["X-Api-Key", "a", "Accept", "b"],
        environment: [
          { name: "DB_PASSWORD", value: "a" },
          { key: "x-auth-token", values: ["a"] },
          { name: "HOME", value: "b" },
        ],
      }),
    ).toEqual({
      pairs: [
        ["authorization", SCRUBBED],
        ["accept", "b"],
      ],
      rawHeaders: ["X-Api-Key", SCRUBBED, "Accept", "b"],
      environment: [
        { name: "DB_PASSWORD", value: SCRUBBED },
        { key: "x-auth-token", values: [SCRUBBED] },
        { name: "HOME", value: "b" },
      ],
    });
  });

  test.each([
    ['{"api_token": "a", "n": 1}', `{"api_token":"${SCRUBBED}","n":1}`],
    ['call it with {"api_token": "a\\"b", "n": 1}', `call it with {"api_token":"${SCRUBBED}","n":1}`],
    ['the arguments: "{\\"passwd\\": \\"a b\\"}"', `the arguments: "{\\"passwd\\": \\"${SCRUBBED}\\"}"`],
    ['{"pin": 1, "passcode": 12345', `{"pin": 1, "passcode": "${SCRUBBED}"`],
    ['{"secrets": ["a", "b"], "x"', `{"secrets": "${SCRUBBED}", "x"`],
    ['{"password": "cut of', `{"password": "${SCRUBBED}"`],
    ["export DB_PASSWORD='a b' PORT=80", `export DB_PASSWORD=${SCRUBBED} PORT=80`],
    ["login?user=ann&client_secret=a&x=1", `login?user=ann&client_secret=${SCRUBBED}&x=1`],
    ["curl -H 'X-Api-Key: abc' -H 'Accept: b'", `curl -H 'X-Api-Key: ${SCRUBBED}' -H 'Accept: b'`],
    ["Authorization: Token abcd", `Authorization: Token ${SCRUBBED}`],
    ["authorization: f00dface", `authorization: ${SCRUBBED}`],
    ["Cookie: session=a; b=c\nAccept: d", `Cookie: ${SCRUBBED}\nAccept: d`],
  ])("finds fields inside a text: %s", (text, clean) => {
    const scrub = createScrub();
    expect(scrub(text)).toBe(clean);
    expect(scrub(clean)).toBe(clean);
  });

  test("leaves counts of tokens, pieces of text with their odds, and JSON without secrets as they are", () => {
    const scrub = createScrub();
    const told: Json = {
      usage: { inputTokens: { total: 5 }, outputTokens: 7, total_token_count: 12 },
      maxOutputTokens: 100,
      logprobs: [{ token: "Hello", logprob: -0.1 }],
      arguments: '{ "city":  "Oslo", "key": 1.0 }',
      text: 'if (token == "x") the secret: there is none. Authorization: ask Ann',
    };
    expect(scrub(told)).toEqual(told);
  });

  test("keeps the description of a field that holds a secret, without its examples", () => {
    const scrub = createScrub();
    const field = { type: "string", minLength: 8 };
    expect(scrub({ properties: { password: { ...field, examples: ["a"], default: "b" }, api_key: "c" } })).toEqual({
      properties: { password: { ...field, examples: [SCRUBBED], default: SCRUBBED }, api_key: SCRUBBED },
    });
  });

  test("finds a secret in bytes, as a text and not", () => {
    const scrub = createScrub([OWN_SECRET]);
    const bytesOf = (text: string, before: readonly number[]) =>
      toJson(new Uint8Array([...before, ...new TextEncoder().encode(text)]));
    expect(scrub(bytesOf(`a ${OWN_SECRET} b`, []))).toEqual(bytesOf(`a ${SCRUBBED} b`, []));
    expect(scrub(bytesOf(`a ${OWN_SECRET} b`, [0xff, 0xfe]))).toEqual(bytesOf(`a ${SCRUBBED} b`, [0xff, 0xfe]));
    expect(scrub(bytesOf("plain", [0xff]))).toEqual(bytesOf("plain", [0xff]));
  });

  test("finds a secret wherever in base64 it stands", () => {
    const scrub = createScrub(["correct horse battery"]);
    for (const before of ["", "x", "xy", "xyz"]) {
      for (const after of ["", "1", "12", "123"]) {
        expect(scrub(btoa(`${before}correct horse battery${after}`))).toContain(SCRUBBED);
      }
    }
  });

  test("finds a secret in base64, and a longer one before a shorter one inside it", () => {
    const scrub = createScrub(["abcd", "abcdefgh"]);
    expect(scrub(`${btoa("abcdefgh")} abcdefgh abcd`)).toBe(`${SCRUBBED} ${SCRUBBED} ${SCRUBBED}`);
  });

  test("refuses a secret that is in innocent words, without repeating it", () => {
    expect(() => createScrub(["a'q"])).toThrow(/at least 4 characters/);
    expect(() => createScrub(["a'q"])).not.toThrow(/a'q/);
  });

  test("changes nothing the second time", () => {
    const scrub = createScrub([OWN_SECRET]);
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom(...CANARIES, OWN_SECRET, "Bearer ", "Basic ", "://", "@", "?key=", "password=", "Cookie: a="),
      fc.constantFrom('"token":', '\\"token\\":', '"', "\\", "{", "[", "]", "x-api-key: ", "authorization: ", "7"),
    );
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join("")),
        (text) => {
          const once = scrub(text);
          expect(scrub(once)).toBe(once);
        },
      ),
    );
  });

  test("finds a secret however the pieces of a stream cut it", () => {
    const scrub = createScrub([OWN_SECRET]);
    const secret = fc.constantFrom(CANARIES[0] ?? "", OWN_SECRET);
    fc.assert(
      fc.property(secret, fc.integer({ min: 1, max: 6 }), (secret, size) => {
        const text = `it is ${secret} here`;
        const deltas = text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
        const parts = deltas.flatMap((delta): Json[] => [
          { type: "text-delta", id: "1", delta },
          { type: "text-delta", id: "2", delta: "." },
        ]);
        const clean = scrubParts(parts, scrub);
        // Safe: all of them are such parts.
        const of = (id: string) =>
          (clean as { id: string; delta: string }[]).flatMap((part) => (part.id === id ? part.delta : [])).join("");
        expect(of("1")).toBe(`it is ${SCRUBBED} here`);
        expect(of("2")).toBe(".".repeat(deltas.length));
      }),
    );
  });
});
