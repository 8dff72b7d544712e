import type { Backend, JsonObject, LanguageModelCallOptions } from "@catenary/core";
import { CatenaryError } from "@catenary/core";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { scriptedBackend } from "../scripted/scripted-backend.ts";
import { parseCassette, printCassette } from "./cassette-text.ts";
import { recordCassette } from "./record-cassette.ts";
import { replayCassette } from "./replay-cassette.ts";

vi.setConfig({ testTimeout: 30_000 });

/** Innocent to look at: only its name, or being named in `secrets`, makes it a secret. */
const canary = fc.stringMatching(/^canary[A-Za-z0-9]{6,12}$/);

/** Names of credentials in every case, and as parts of longer names. */
const secretName = fc
  .tuple(
    fc.constantFrom("", "my", "db", "github"),
    fc.constantFrom(
      ["token"],
      ["api", "token"],
      ["api", "key"],
      ["secret", "key"],
      ["private", "key"],
      ["access", "key"],
      ["client", "secret"],
      ["passwd"],
      ["password"],
      ["bearer"],
      ["authorization"],
      ["refresh", "token"],
      ["credentials"],
    ),
    fc.constantFrom("", "value", "2", "prod"),
    fc.constantFrom("snake", "kebab", "camel", "pascal", "screaming"),
  )
  .map(([before, words, after, style]) =>
    spell(
      [before, ...words, after].filter((word) => word !== ""),
      style,
    ),
  );

function spell(words: readonly string[], style: string): string {
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  if (style === "snake") return words.join("_");
  if (style === "kebab") return words.join("-");
  if (style === "screaming") return words.join("_").toUpperCase();
  const [first = "", ...rest] = words.map(capital);
  return style === "camel" ? [first.toLowerCase(), ...rest].join("") : [first, ...rest].join("");
}

/** Ways in which a call, an answer or an error may carry a secret under its name. */
const FORMS: readonly ((name: string, secret: string) => JsonObject)[] = [
  (name, secret) => ({ [name]: secret }),
  (name, secret) => ({ [name]: [secret, { of: secret }] }),
  (name, secret) => ({ deep: [{ [name]: { a: { b: [secret] } } }] }),
  (name, secret) => ({ headers: [[name, secret]] }),
  (name, secret) => ({ rawHeaders: ["accept", "*", name, secret] }),
  (name, secret) => ({ env: [{ name, value: secret }] }),
  (name, secret) => ({ properties: { [name]: secret } }),
  (name, secret) => ({ properties: { [name]: { type: "string", default: secret } } }),
  (name, secret) => ({ arguments: JSON.stringify({ deep: { [name]: [secret] } }) }),
  (name, secret) => ({ text: `use ${JSON.stringify({ x: 1, [name]: secret })} now` }),
  (name, secret) => ({ text: `log: ${JSON.stringify(JSON.stringify({ [name]: secret }))}` }),
  (name, secret) => ({ text: `${name}=${secret} run` }),
  (name, secret) => ({ url: `https://example.com/?a=1&${name}=${secret}` }),
];

const hidden = fc
  .tuple(fc.constantFrom(...FORMS), secretName, canary)
  .map(([form, name, secret]) => ({ fields: form(name, secret), secret }));

function ask(fields: JsonObject, more: Partial<LanguageModelCallOptions> = {}): LanguageModelCallOptions {
  return {
    prompt: [{ role: "user", content: [{ type: "text", text: JSON.stringify(fields) }] }],
    // Safe: plain data is all that options of a provider may be.
    providerOptions: { lab: fields } as NonNullable<LanguageModelCallOptions["providerOptions"]>,
    ...more,
  };
}

/** Asks for everything that a cassette keeps, with what is to be hidden in all of it. */
async function recordAll(backend: Backend, fields: JsonObject, modelId: string): Promise<void> {
  const model = backend.languageModel(modelId);
  await backend.listModels();
  await model.doGenerate(ask(fields));
  for await (const _part of (await model.doStream(ask(fields))).stream);
  await backend.embeddingModel?.(modelId).doEmbed({ values: [JSON.stringify(fields)] });
  await Promise.resolve(model.doGenerate(ask(fields))).catch(() => {});
}

function backendWith(fields: JsonObject, name: string) {
  return scriptedBackend({
    id: name,
    models: [name],
    replies: [
      { text: JSON.stringify(fields), toolCalls: [{ name: "login", args: fields }] },
      { text: `so: ${JSON.stringify(fields)}`, chunks: 3, toolCalls: [{ name: "login", args: fields }] },
      { embedding: [1] },
      () => {
        throw new CatenaryError("model_failed", JSON.stringify(fields), {
          failure: "auth",
          details: fields,
          cause: new Error(`so: ${JSON.stringify(fields)}`),
        });
      },
    ],
  });
}

test("no secret comes into a cassette under a name of secrets, wherever it stands, and the calls are still found", async () => {
  await fc.assert(
    fc.asyncProperty(hidden, async ({ fields, secret }) => {
      const recording = recordCassette(backendWith(fields, "lab"));
      await recordAll(recording, fields, "lab");
      const text = printCassette(recording.cassette);
      expect(recording.cassette.calls).toHaveLength(4);
      expect(text).not.toContain(secret);
      await recordAll(replayCassette(parseCassette(text, "canaries")), fields, "lab");
    }),
    { numRuns: 150 },
  );
});

test("no secret that is given comes into a cassette, nor in the name of the backend or of a model", async () => {
  await fc.assert(
    fc.asyncProperty(canary, fc.constantFrom("%", "lab-%", "https://%.example.com", "a%b"), async (secret, pattern) => {
      const name = pattern.replace("%", secret);
      const fields = { note: name, list: [name, { [name]: btoa(name) }] };
      const recording = recordCassette(
        { ...backendWith(fields, name), name: `The lab ${name}` },
        { secrets: [secret] },
      );
      await recordAll(recording, fields, name);
      const text = printCassette(recording.cassette);
      expect(text).not.toContain(secret);
      expect(text).not.toContain(btoa(secret).replace(/=+$/, ""));
      const replay = replayCassette(parseCassette(text, "canaries"), { secrets: [secret] });
      expect(await replay.listModels()).toMatchObject([{ id: pattern.replace("%", "[scrubbed]") }]);
      await recordAll(replay, fields, name);
    }),
    { numRuns: 50 },
  );
});
