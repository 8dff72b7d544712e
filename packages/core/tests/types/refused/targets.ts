import { defineChain } from "@catenary/core";

const reply = { handler: "noop" } as const;

defineChain({
  id: "goto",
  tasks: {
    // expect: TS2820 '"relpy"' | Did you mean '"reply"'?
    ask: { handler: "noop", transition: { branches: [{ operator: "default", goto: "relpy" }] } },
    reply,
  },
});

defineChain({
  id: "next",
  tasks: {
    // expect: TS2820 '"relpy"' | Did you mean '"reply"'?
    ask: { handler: "raw_string", next: "relpy" },
    reply,
  },
});

defineChain({
  id: "next_by_outcome",
  tasks: {
    ask: {
      handler: "raw_string",
      next: {
        yes: "reply",
        // expect: TS2820 '"relpy"' | Did you mean '"reply"'?
        default: "relpy",
      },
    },
    reply,
  },
});

defineChain({
  id: "on_failure",
  tasks: {
    // expect: TS2820 '"relpy"' | Did you mean '"reply"'?
    ask: { handler: "raw_string", next: "reply", onFailure: "relpy" },
    reply,
  },
});

defineChain({
  id: "on_failure_inside",
  tasks: {
    // expect: TS2820 '"relpy"' | Did you mean '"reply"'?
    ask: { handler: "raw_string", next: "reply", transition: { onFailure: "relpy" } },
    reply,
  },
});

defineChain({
  id: "far_off",
  tasks: {
    // expect: TS2322 '"nowhere"' is not assignable | "end" | "reply"
    ask: { handler: "raw_string", next: "nowhere" },
    reply,
  },
});

defineChain({
  id: "list",
  tasks: [
    // expect: TS2820 '"relpy"' | Did you mean '"reply"'?
    { id: "ask", handler: "raw_string", next: "relpy" },
    { id: "reply", handler: "noop" },
  ],
});

defineChain({
  id: "two_faults",
  tasks: {
    // expect: TS2820 '"relpy"' | Did you mean '"reply"'?
    ask: { handler: "raw_string", next: "relpy" },
    // expect: TS2820 '"ask2"' | Did you mean '"ask"'?
    reply: { handler: "noop", next: "ask2" },
  },
});

defineChain({
  id: "list_of_ways",
  tasks: [
    // expect: TS2820 '"relpy"' | Did you mean '"reply"'?
    { id: "ask", handler: "raw_string", transition: { branches: [{ operator: "default", goto: "relpy" }] } },
    // expect: TS2820 '"askk"' | Did you mean '"ask"'?
    { id: "sort", handler: "raw_string", next: { yes: "askk", default: "reply" } },
    // expect: TS2820 '"sortt"' | Did you mean '"sort"'?
    { id: "reply", handler: "noop", onFailure: "sortt" },
    // expect: TS2820 '"repli"' | Did you mean '"reply"'?
    { id: "tell", handler: "noop", transition: { onFailure: "repli" } },
  ],
});
