import { createRuntime, defineChain } from "@catenary/core";

const runtime = createRuntime();
const rating = defineChain({ id: "rating", tasks: { rate: { handler: "parse_score" } } });
const count = defineChain({ id: "count", input: "int", tasks: { ask: { handler: "raw_string" } } });
const talk = defineChain({ id: "talk", input: "chat_history", tasks: { answer: { handler: "model_execution" } } });

// expect: TS2345 'number' is not assignable to parameter of type 'string'
await runtime.run(rating, 42);

// expect: TS2353|TS2345 { text: string; } | string
await runtime.run(rating, { text: "Nice!" });

// expect: TS2345 'string' is not assignable to parameter of type 'number'
await runtime.run(count, "four");

// expect: TS2345 'string' is not assignable
runtime.start(talk, "Hello");

const { output } = await runtime.run(rating, "Nice!");
// expect: TS2322 'number' is not assignable to type 'string'
export const text: string = output;

const either = defineChain({
  id: "either",
  tasks: {
    ask: { handler: "condition_key", validConditions: { yes: true, no: false }, next: { yes: "rate", default: "end" } },
    rate: { handler: "parse_score" },
  },
});
// expect: TS2322 'number | boolean' is not assignable to type 'number'
export const score: number = (await runtime.run(either, "Nice!")).output;

const result = await runtime.start(rating, "Nice!").result();
if (result.status !== "ok") throw new Error(result.status);
// expect: TS2322 'number' is not assignable to type 'string'
export const words: string = result.output;
