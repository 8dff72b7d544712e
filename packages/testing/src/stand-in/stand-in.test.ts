import type { LanguageModelCallOptions, LanguageModelTool } from "@catenary/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAll } from "../../../core/tests/fixtures/read-all.ts";
import { ask } from "../../tests/ask.ts";
import { joinText } from "../../tests/join-text.ts";
import { createVirtualClock } from "../virtual-clock.ts";
import { standIn } from "./stand-in.ts";

const model = standIn().languageModel("stand-in");

async function textOf(options: LanguageModelCallOptions): Promise<string> {
  const { content } = await model.doGenerate(options);
  return content.map((part) => (part.type === "text" ? part.text : "")).join("");
}

describe("what the stand-in answers", () => {
  test.each([
    ["Rate the urgency from 1 to 10. Answer with a number only.\n\nProduction is down for all users, urgent!", "10"],
    ["On a scale of 0 to 1, rate the sentiment: I love it, great work", "0.8"],
    ["How many items came? Answer with a number.\n\n3 items arrived in 12 boxes.", "3"],
    ["How much was paid? Answer with a number.\n\nI paid 49.90 EUR for two shirts.", "49.9"],
    ["Estimate the hours as a range low-high.\n\nThis takes between 3 and 5 hours.", "3-5"],
    ["Is the following message about billing? Answer yes or no.\n\nWhere is my invoice?", "yes"],
    ["Is the following message about billing? Answer yes or no.\n\nThe weather is nice.", "no"],
    ["Is this positive?\n\nI love it.", "yes"],
    ["Extract the e-mail address.\n\nWrite to anna@example.com, please.", "anna@example.com"],
    [
      "Context: Bergen is a city. It has 290,000 people. The mayor is Marit Warncke.\n\nQuestion: Who is the mayor?",
      "The mayor is Marit Warncke.",
    ],
    ["Context: Bergen is a city.\n\nQuestion: Who wrote Hamlet?", "The text does not say."],
    ["What is the capital of France?", "There is no text here that answers this."],
    ["Repeat this and add a friendly greeting to it:\n\nWe are closed today.", "Hello! We are closed today."],
    ["Repeat this sentence: We are closed today.", "We are closed today."],
    ["Hello!", "Hello!"],
    ["", "Nothing was given to answer."],
  ])("to %j is %j", async (prompt, expected) => {
    expect(await textOf(ask(prompt))).toBe(expected);
  });

  test("goes by what the prompt says about the labels", async () => {
    const prompt =
      "Choose one of the following:\n- billing: invoices, refunds\n- bikes: wheels and saddles\n\nText: my saddle squeaks";
    expect(await textOf(ask(prompt))).toBe("bikes");
  });

  test("goes by the examples in the prompt", async () => {
    const prompt = (text: string) =>
      `Answer kiki or bouba.\n\nspiky sharp edges -> kiki\nsoft round blob -> bouba\n\nText: ${text}`;
    expect(await textOf(ask(prompt("a round thing")))).toBe("bouba");
    expect(await textOf(ask(prompt("a sharp thing")))).toBe("kiki");
  });

  test("reads examples in the shape that servers hold their models to", async () => {
    const shown =
      'Ticket: my saddle squeaks\nAnswer: {"answer": "bikes"}\nTicket: my tent leaks\nAnswer: {"answer": "camping"}';
    const prompt = `Answer with one word, bikes or camping.\n\n${shown}\nTicket: this tent is torn\nAnswer:`;
    expect(await textOf(ask(prompt))).toBe("camping");
  });

  test("goes by examples that stand line under line, and does not take the rest of the sentence for a label", async () => {
    const prompt = (text: string) =>
      `Answer with one word, kiki or bouba, and nothing else.\n\nText: spiky sharp edges\nAnswer: kiki\nText: soft round blob\nAnswer: bouba\nText: ${text}\nAnswer:`;
    expect(await textOf(ask(prompt("a round thing")))).toBe("bouba");
    expect(await textOf(ask(prompt("a sharp thing")))).toBe("kiki");
    expect(await textOf(ask(prompt("nothing else")))).toBe("kiki");
  });

  test("goes by the answers given before in the conversation", async () => {
    const turn = (text: string) => ({ role: "user" as const, content: [{ type: "text" as const, text }] });
    const said = (text: string) => ({ role: "assistant" as const, content: [{ type: "text" as const, text }] });
    const prompt = [
      { role: "system" as const, content: "Classify as alpha or beta." },
      turn("green apples"),
      said("alpha"),
      turn("red bricks"),
      said("beta"),
      turn("more bricks"),
    ];
    expect(await textOf({ prompt })).toBe("beta");
  });

  test("chooses what says nothing where the text says nothing", async () => {
    expect(await textOf(ask("Classify as billing, technical or other.\n\nxyzzy"))).toBe("other");
  });

  test("summarises in the text's own sentences, and does not cut an amount in two", async () => {
    const text =
      "Hello. I was charged 49.90 EUR twice for order A-1042. The weather was fine. Please refund the second charge of order A-1042. Thanks!";
    expect(await textOf(ask(`Summarise in one sentence:\n\n${text}`))).toBe(
      "I was charged 49.90 EUR twice for order A-1042.",
    );
    expect(await textOf(ask(`Summarise in two sentences:\n\n${text}`))).toBe(
      "I was charged 49.90 EUR twice for order A-1042. Please refund the second charge of order A-1042.",
    );
    expect(await textOf(ask(`Summarise in at most 5 words:\n\n${text}`))).toBe("I was charged 49.90 EUR…");
  });

  test("replies by name and mentions the order", async () => {
    const message = "My parcel is damaged. It was a gift. Order #77812.\n\nRegards,\nAnna Schmidt";
    expect(await textOf(ask(`Write a short reply to this message.\n\n${message}`))).toMatch(
      /^Hello Anna Schmidt, thank you for your message\..*77812.*sorry/,
    );
  });

  test.each([
    [
      "You answer customers. Write two or three short, friendly sentences.",
      "Write a short reply to the ticket.\n\nTicket: It broke.",
      /^Hello, /,
    ],
    ["Answer in one or two sentences.", "Summarise: It broke.", /^It broke\.$/],
    ["Be brief or funny, friendly or neutral.", "Draft an answer to this message: It broke.", /^Hello, /],
  ])("takes no label from “%s”", async (system, user, expected) => {
    const text = await textOf({
      prompt: [
        { role: "system", content: system },
        { role: "user", content: [{ type: "text", text: user }] },
      ],
    });
    expect(text).toMatch(expected);
  });

  test("says in its reply what it is told to say", async () => {
    const prompt =
      "Write a short reply. Say that their ticket is T-7 and that the team will answer soon.\n\nTicket: The site is down!";
    expect(await textOf(ask(prompt))).toBe(
      "Hello, thank you for your message. You wrote: “The site is down”. Your ticket is T-7 and the team will answer soon.",
    );
  });

  test("gives JSON with the keys that the prompt asks for", async () => {
    const text = "I am Anna Schmidt and paid 49.90 EUR for order A-1042.";
    const expected = { name: "Anna Schmidt", order_id: "A-1042", amount: 49.9 };
    expect(JSON.parse(await textOf(ask(`Answer in JSON with the keys name, order_id and amount.\n\n${text}`)))).toEqual(
      expected,
    );
    const sample = `Reply with JSON like {"name": "…", "order_id": "…", "amount": 0}.\n\n${text}`;
    expect(JSON.parse(await textOf(ask(sample, { responseFormat: { type: "json" } })))).toEqual(expected);
  });

  test("is the same for the same prompt, streamed or not", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 200 }), async (text) => {
        const streamed = joinText(await readAll((await model.doStream(ask(text))).stream));
        expect(streamed).toBe(await textOf(ask(text)));
        expect(streamed).not.toBe("");
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ["a million letters", "a".repeat(1_000_000)],
    ["a million blanks", " ".repeat(1_000_000)],
    ["a million digits", "1".repeat(1_000_000)],
    ["a million line breaks", "\n".repeat(1_000_000)],
    ["endless capitals", "Aa ".repeat(300_000)],
    ["endless addresses", "a@a.".repeat(200_000)],
    ["endless lists", `Answer ${"a, b or ".repeat(100_000)}`],
    ["endless questions", "Is it? ".repeat(100_000)],
    ["half a surrogate pair", "Answer urgent or normal \ud83d"],
    ["nothing but marks", "{{}}[](){}?:*+.|\\".repeat(1000)],
    ["the names of an object's own parts", "Answer __proto__, constructor or toString: constructor"],
  ])("comes even to %s", async (_name, text) => {
    expect(typeof (await textOf(ask(text)))).toBe("string");
    const schema: LanguageModelTool["inputSchema"] = {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "array" } },
    };
    expect(JSON.parse(await textOf(ask(text, { responseFormat: { type: "json", schema } })))).toBeTypeOf("object");
  });
});

describe("tools", () => {
  const tools: LanguageModelCallOptions["tools"] = [
    {
      type: "function",
      name: "get_weather",
      description: "Tells the weather of a city",
      inputSchema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    },
    {
      type: "function",
      name: "refund_order",
      description: "Pays an order back",
      inputSchema: {
        type: "object",
        properties: { order_id: { type: "string" }, amount: { type: "number" } },
        required: ["order_id", "amount"],
      },
    },
  ];

  test("are chosen by what is said, and their arguments filled", async () => {
    expect((await model.doGenerate(ask("What is the weather in Oslo today?", { tools }))).content).toEqual([
      { type: "tool-call", toolCallId: "call-1", toolName: "get_weather", input: '{"city":"Oslo"}' },
    ]);
    const refund = await model.doGenerate(ask("Please refund order A-1042, it was 49.90 EUR.", { tools }));
    expect(refund.finishReason.unified).toBe("tool-calls");
    expect(refund.content).toMatchObject([{ toolName: "refund_order", input: '{"order_id":"A-1042","amount":49.9}' }]);
  });

  test("are streamed as they are generated", async () => {
    const options = ask("What is the weather in Oslo today?", { tools });
    const parts = await readAll((await model.doStream(options)).stream);
    expect(parts.filter((part) => part.type === "tool-call")).toEqual((await model.doGenerate(options)).content);
  });

  test("are left alone where nothing asks for them, or where they may not be called", async () => {
    expect(await textOf(ask("Good morning!", { tools }))).toBe("Good morning!");
    const forbidden = ask("What is the weather in Oslo?", { tools, toolChoice: { type: "none" } });
    expect((await model.doGenerate(forbidden)).finishReason.unified).toBe("stop");
  });

  test("are called where one must be", async () => {
    const { content } = await model.doGenerate(ask("Good morning!", { tools, toolChoice: { type: "required" } }));
    expect(content).toMatchObject([{ toolName: "get_weather" }]);
    const choice = { type: "tool" as const, toolName: "refund_order" };
    expect((await model.doGenerate(ask("Good morning!", { tools, toolChoice: choice }))).content).toMatchObject([
      { toolName: "refund_order", input: '{"order_id":"","amount":0}' },
    ]);
  });

  test("are not asked again once they have answered", async () => {
    const call = { toolCallId: "call-1", toolName: "get_weather" };
    const prompt: LanguageModelCallOptions["prompt"] = [
      { role: "user", content: [{ type: "text", text: "What is the weather in Oslo?" }] },
      { role: "assistant", content: [{ type: "tool-call", ...call, input: { city: "Oslo" } }] },
      { role: "tool", content: [{ type: "tool-result", ...call, output: { type: "text", value: "4 degrees, rain" } }] },
    ];
    expect(await textOf({ prompt, tools })).toBe("4 degrees, rain");
  });
});

describe("the options of a call", () => {
  test("stop sequences and the token limit end the answer", async () => {
    expect(await textOf(ask("Hello there my friend", { stopSequences: [" my"] }))).toBe("Hello there");
    const { content, finishReason, usage } = await model.doGenerate(
      ask("Hello there my friend", { maxOutputTokens: 2 }),
    );
    expect(content).toEqual([{ type: "text", text: "Hello there" }]);
    expect(finishReason.unified).toBe("length");
    expect([usage.inputTokens.total, usage.outputTokens.total]).toEqual([4, 2]);
  });

  test("an abort ends the wait for words", async () => {
    const clock = createVirtualClock();
    const slow = standIn({ clock, wordDelayMs: 10 }).languageModel("stand-in");
    const controller = new AbortController();
    const generated = slow.doGenerate(ask("one two three", { abortSignal: controller.signal }));
    const { stream } = await slow.doStream(ask("one two three", { abortSignal: controller.signal }));
    const streamed = readAll(stream);
    await clock.advance(10);
    controller.abort("stop");
    await expect(generated).rejects.toBe("stop");
    await expect(streamed).rejects.toBe("stop");
    expect(clock.pending).toBe(0);
  });

  test("a delay takes its time for each word", async () => {
    const clock = createVirtualClock();
    const slow = standIn({ clock, wordDelayMs: 10 }).languageModel("stand-in");
    const streamed = slow.doStream(ask("one two three")).then(({ stream }) => readAll(stream));
    await clock.runAll();
    expect(joinText(await streamed)).toBe("one two three");
    expect(clock.now()).toBe(30);
  });
});

describe("what the stand-in says about itself", () => {
  test("it is no language model", async () => {
    const backend = standIn();
    expect(backend.name).toContain("no language model");
    for (const listed of await backend.listModels()) expect(listed.details?.note).toMatch(/^No language model/);
    await expect(backend.listModels({ signal: AbortSignal.abort("late") })).rejects.toBe("late");
  });
});

test("it answers for no other model", async () => {
  const other = standIn().languageModel("gpt-4o");
  const words = 'The stand-in has no model "gpt-4o" for this: ask for "stand-in".';
  await expect(other.doGenerate(ask("hi"))).rejects.toThrow(words);
  await expect(other.doStream(ask("hi"))).rejects.toMatchObject({
    failure: "unavailable",
    reason: "model_not_found",
    status: 404,
  });
  await expect(
    standIn()
      .embeddingModel("stand-in")
      .doEmbed({ values: ["a"] }),
  ).rejects.toThrow('"stand-in-embed"');
});

describe("embeddings", () => {
  const embed = async (...values: string[]) =>
    (await standIn().embeddingModel("stand-in-embed").doEmbed({ values })).embeddings;
  const similarity = (a: readonly number[] = [], b: readonly number[] = []) =>
    a.reduce((sum, component, at) => sum + component * (b[at] ?? 0), 0);

  test("are closer for texts that share words", async () => {
    const [charged, refund, parcel] = await embed(
      "I was charged twice for my order",
      "why was my card charged two times for one order",
      "the parcel with the shoes is damaged",
    );
    expect(similarity(charged, refund)).toBeGreaterThan(similarity(charged, parcel) + 0.15);
  });

  test("have length 1, whatever the text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) => {
        const [vector = []] = await embed(text);
        expect(vector).toHaveLength(256);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 6);
      }),
    );
  });

  test("have the length that is asked for", async () => {
    const { embeddings } = await standIn()
      .embeddingModel("stand-in-embed")
      .doEmbed({ values: ["a"], dimensions: 32 });
    expect(embeddings[0]).toHaveLength(32);
  });
});
