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

const greet = defineChain({
  id: "greet",
  variables: { language: "string", tries: "int" },
  tasks: { greet: { handler: "raw_string", promptTemplate: "Greet {{.input}} in {{.language}}." } },
});

// expect: TS2554 Expected 3 arguments, but got 2
await runtime.run(greet, "Ann");

// expect: TS2345|TS2741 'variables' is missing
await runtime.run(greet, "Ann", {});

// expect: TS2741 Property 'tries' is missing
await runtime.run(greet, "Ann", { variables: { language: "Greek" } });

// expect: TS2322 'number' is not assignable to type 'string'
await runtime.run(greet, "Ann", { variables: { language: 3, tries: 1 } });

// expect: TS2322 'string' is not assignable to type 'number'
runtime.start(greet, "Ann", { variables: { language: "Greek", tries: "once" } });

// expect: TS2561|TS2353 'langauge' does not exist
runtime.start(greet, "Ann", { variables: { langauge: "Greek", tries: 1 } });

// expect: TS2322 this chain declares no variables
await runtime.run(rating, "Nice!", { variables: { language: "Greek" } });

// expect: TS2353 'budget' does not exist
await runtime.run(rating, "Nice!", { budget: 5 });

const sort = defineChain({
  id: "sort",
  tasks: {
    read: { handler: "raw_string", output: { type: "object", properties: { level: { enum: ["low", "high"] } } } },
  },
});
const { output: sorted } = await runtime.run(sort, "Nice!");
// expect: TS2551|TS2339 Property 'levle' does not exist
export const level = sorted.levle;
// expect: TS2322 is not assignable to type 'string'
export const certain: string = sorted.level;
// expect: TS2367 have no overlap
export const isUrgent = sorted.level === "urgent";
