import { type LanguageModel, routeOf } from "@catenary/core";
import { generateText, isStepCount, Output, streamText, tool } from "ai";
import { z } from "zod";

const orders = new Map([
  ["88213", "Order 88213 has been shipped and arrives in two days."],
  ["90001", "Order 90001 waits for its payment."],
]);

/** What the model may do: the AI SDK's own tools, run by the AI SDK. */
const tools = {
  orderState: tool({
    description: "Looks up the state of an order",
    inputSchema: z.object({ orderNumber: z.string().describe("The number of the order") }),
    execute: async ({ orderNumber }) => orders.get(orderNumber) ?? `There is no order ${orderNumber}.`,
  }),
};

/** Who gave an answer, in its own words for each call that was made. */
export interface Answer {
  readonly text: string;
  readonly routes: readonly string[];
}

/** Streams an answer that may need a tool: two model calls, each routed by itself. */
export async function answer(
  model: LanguageModel,
  question: string,
  onText: (piece: string) => void = () => {},
): Promise<Answer> {
  let failure: { readonly error: unknown } | undefined;
  const stream = streamText({
    model,
    tools,
    stopWhen: isStepCount(3),
    system: "You answer questions about orders. Look orders up before you answer.",
    prompt: question,
    onError: ({ error }) => {
      failure = { error };
    },
  });
  let text = "";
  for await (const piece of stream.textStream) {
    text += piece;
    onText(piece);
  }
  if (failure !== undefined) throw failure.error;
  const steps = await stream.steps;
  return { text, routes: steps.map(({ providerMetadata }) => wayOf(providerMetadata)) };
}

const Ticket = z.object({
  topic: z.enum(["order", "invoice", "other"]),
  orderNumber: z.string().nullable(),
});

/** An object of a known shape: only candidates that can be held to a schema are asked. */
export async function read(
  model: LanguageModel,
  message: string,
): Promise<{ readonly ticket: z.infer<typeof Ticket>; readonly route: string }> {
  const { output, finalStep } = await generateText({
    model,
    prompt: `What is this message about? Answer as JSON.\n\n${message}`,
    output: Output.object({ schema: Ticket }),
  });
  return { ticket: output, route: wayOf(finalStep.providerMetadata) };
}

/** What the router says about a call, where the AI SDK has a place for it. */
function wayOf(providerMetadata: unknown): string {
  const { tried = [] } = routeOf(providerMetadata) ?? {};
  const failures = tried.flatMap(({ backend, error }) => (error === undefined ? [] : [`${backend}: ${error.failure}`]));
  const last = tried.at(-1);
  return `${last?.model} on ${last?.backend}${failures.length === 0 ? "" : `, after ${failures.join(", ")}`}`;
}
