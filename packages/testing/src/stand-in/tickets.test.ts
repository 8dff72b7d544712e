import { describe, expect, test } from "vitest";
import { standIn } from "./stand-in.ts";

const TICKETS = [
  ["The site is down! Nobody can check out and we are losing money every minute.", "urgent", "technical"],
  [
    "I was charged twice for order A-1042, 49.90 EUR each. Please refund one of them. Regards, Anna",
    "normal",
    "billing",
  ],
  ["How do I change the email address of my account? No rush. Thanks, Tom", "normal", "account"],
  ["My parcel has not arrived yet, tracking says it is in transit since Monday. Order #77812.", "normal", "shipping"],
  ["URGENT: someone hacked my account and changed the password!", "urgent", "account"],
  ["The app crashes with error 500 when I export a report. A fix next month would be nice.", "normal", "technical"],
  ["Our production API returns 503 for all users since 9:00. We need help immediately.", "urgent", "technical"],
  ["Could you send me the invoice for March 2026? We need it for our tax records.", "normal", "billing"],
  ["I would like to send back the shoes, they are the wrong size.", "normal", "returns"],
  ["Just wondering whether you ship to Norway. My address is in Oslo.", "normal", "shipping"],
] as const;

const URGENCY = "Is this urgent? Answer urgent or normal.";
const CATEGORIES = ["billing", "technical", "account", "shipping", "returns", "other"] as const;

async function answerTo(text: string, more: object = {}): Promise<string> {
  const { content } = await standIn()
    .languageModel("stand-in")
    .doGenerate({ prompt: [{ role: "user", content: [{ type: "text", text }] }], ...more });
  return content.map((part) => (part.type === "text" ? part.text : "")).join("");
}

describe.each(TICKETS)("the ticket “%s”", (ticket, urgency, category) => {
  test(`is ${urgency}, whichever way it is asked`, async () => {
    expect(await answerTo(`${URGENCY}\n\n${ticket}`)).toBe(urgency);
    expect(await answerTo(`${URGENCY} ${ticket}`)).toBe(urgency);
    expect(await answerTo(`Choose one of: "urgent", "normal".\n\nTicket: ${ticket}\nAnswer:`)).toBe(urgency);
    const schema = { type: "string", enum: ["urgent", "normal"] };
    expect(await answerTo(`${URGENCY}\n\n${ticket}`, { responseFormat: { type: "json", schema } })).toBe(
      `"${urgency}"`,
    );
  });

  test(`is about ${category}`, async () => {
    const prompt = [
      { role: "system", content: `Classify the ticket. Answer with exactly one of: ${CATEGORIES.join(", ")}.` },
      { role: "user", content: [{ type: "text", text: ticket }] },
    ];
    expect(await answerTo("", { prompt })).toBe(category);
    const schema = {
      type: "object",
      properties: { category: { enum: CATEGORIES }, urgent: { type: "boolean" } },
      required: ["category", "urgent"],
    };
    const filled = await answerTo(`Sort this ticket.\n\n${ticket}`, { responseFormat: { type: "json", schema } });
    expect(JSON.parse(filled)).toEqual({ category, urgent: urgency === "urgent" });
  });

  test("gets a reply that takes it up", async () => {
    const reply = await answerTo(`Write a short reply to: ${ticket}`);
    expect(reply).toMatch(/^Hello(?: (?:Anna|Tom))?, thank you for your message\. You wrote: “/);
    expect(reply.length).toBeLessThan(300);
  });
});
