import { join } from "node:path";
import { expect, test } from "vitest";
import { testsIn } from "./fixtures/tests-in.ts";

/** What holds of routing whatever comes in whatever order, and the tests that hold it; where one holds several, by what it says of this one. */
interface Invariant {
  readonly what: string;
  readonly held: readonly (readonly [file: string, title: string, says?: string])[];
}

const TRAFFIC = [
  "routing-selection.property.test.ts",
  "whatever comes in whatever order, no lease is lost, no limit passed, nobody unwell asked unsaid, and nobody waits in vain",
] as const;
const CALLS = [
  "routed-calls.property.test.ts",
  "leave no lease, timer or listener behind, abort all their upstreams, and give each reader one candidate's words and one end",
] as const;
const POLICY = (name: string) => `../src/routing/policies/${name}.test.ts`;
const SELECTION = (name: string) => `../src/routing/selection/${name}.test.ts`;
const LEASES = "../src/routing/selection/leases.test.ts";
const BREAKER = "../src/routing/health/breaker.test.ts";

const INVARIANTS: readonly Invariant[] = [
  {
    what: "1. calls under way are never fewer than none, and none when all are over",
    held: [
      TRAFFIC,
      CALLS,
      [
        "abort-soak.test.ts",
        "… calls that are aborted, left and timed out at random leave no lease, timer, listener or call upstream",
      ],
    ],
  },
  {
    what: "2. who is chosen is able to, and unwell only where the record says so",
    held: [
      TRAFFIC,
      [SELECTION("selector"), "are asked all the same where there is nobody else at all, and the record says so"],
    ],
  },
  {
    what: "3. tries are limited, end before the deadline, and further ones are paid for",
    held: [
      TRAFFIC,
      [...CALLS, "nobody after the deadline"],
      ["../src/routing/health/retry-budget.test.ts", "further tries never exceed twenty and a tenth of the calls"],
    ],
  },
  {
    what: "4. a cool-down never ends earlier by a failure",
    held: [["../src/routing/health/cool-down.test.ts", "its end never moves to an earlier time"]],
  },
  {
    what: "5. a reader gets the words of one candidate, and one end",
    held: [[...CALLS, "expect(seen.speakers.size).toBeLessThanOrEqual(1)"]],
  },
  {
    what: "6. an answer is done only where its candidate said so",
    held: [
      [...CALLS, "Only who says that it is done is"],
      ["routed-streams.test.ts", "is told of a stream that ends without saying so"],
    ],
  },
  {
    what: "7. after the caller gave up nobody is asked, and nothing is learnt",
    held: [
      [...CALLS, "Nobody is asked for a caller that is gone"],
      [LEASES, "that the caller gave up does not open its breaker, and measures nothing"],
      [LEASES, "whatever a candidate went through, calls that are given up change nothing of it"],
    ],
  },
  {
    what: "8. one call finds out whether an open breaker may close, and what began before says nothing",
    held: [
      [
        BREAKER,
        "whatever happens, at most one finds out at a time, and nothing passes while it is out or the time has not come",
      ],
      [BREAKER, "is not closed by a call that began before it opened, nor by one that passed it"],
    ],
  },
  {
    what: "9. shares are as the weights say, and whoever comes or goes leaves the others their order",
    held: [
      [POLICY("weighted"), "takes each as often as its weight says, and one without weight never"],
      [POLICY("round-robin"), "gives exact shares for any weights"],
      [POLICY("round-robin"), "keeps the others' turns when one comes and goes"],
      [POLICY("round-robin"), "gives exact shares of each model and kind of call, however they are mixed"],
    ],
  },
  {
    what: "10. equals get equal shares",
    held: [
      [POLICY("policies"), "takes each with the same likelihood"],
      [POLICY("policies"), "`%s` takes each with the same likelihood"],
    ],
  },
  {
    what: "11. sessions move only with who comes or goes",
    held: [
      [SELECTION("affinity"), "moves only the sessions of who goes"],
      [SELECTION("affinity"), "gives each what it can take"],
    ],
  },
  { what: "12. the order of candidates does not matter", held: [[POLICY("policies"), "does not matter to `%s`"]] },
  {
    what: "13. neither does the unit of time or places, and more work draws nobody",
    held: [
      [POLICY("auto"), "does not depend on the unit of time or of places"],
      [POLICY("auto"), "is never drawn to who has more to do"],
    ],
  },
  {
    what: "14. what is set aside is what calls under way may spend, and comes back once",
    held: [
      TRAFFIC,
      [
        "../src/routing/health/rate-limits.test.ts",
        "no minute sees more calls than the limit, what is set aside is never negative, and all of it comes back",
      ],
    ],
  },
  {
    what: "15. what is told as used is the winner's, and each try's stands beside it",
    held: [
      [
        "../src/routing/call/try-candidates.test.ts",
        "gives the first candidate's answer and reports the way to it",
        'tried: [{ backend: "a", model: "scripted", startedAt: 0, durationMs: 0, usage: answer.usage }]',
      ],
      ["deaf-providers.test.ts", "has its tokens counted for nobody else"],
    ],
  },
  {
    what: "16. the same seed and calls give the same decisions, and no header breaks anything",
    held: [
      [SELECTION("selector"), "the same seed and the same calls give the same decisions"],
      [SELECTION("selector"), "the numbers that the choices drew, drawn again, give the same choices"],
      ["../src/errors/retry-after-of.test.ts", "whatever a server sends, it is a time of at most a day, or nothing"],
    ],
  },
  {
    what: "17. a stream says the same wherever its bytes are cut",
    held: [
      [
        "../../ollama/src/line-splitter.test.ts",
        "finds the same lines wherever the bytes are cut, also inside a character",
      ],
      [
        "../../openai/src/split-anywhere.test.ts",
        "a streamed answer of %s is the same wherever its bytes are cut, whether its server ends it or not, tool calls included",
      ],
      [
        "../../gemini/src/split-anywhere.test.ts",
        "a streamed answer is the same wherever its bytes are cut, tool calls included",
      ],
    ],
  },
  {
    what: "18. as long as somebody is well, a call ends with an answer",
    held: [
      [
        "routing-selection.property.test.ts",
        "as long as somebody is well and has a place, a call that may try everybody ends with an answer",
      ],
    ],
  },
  {
    what: "19. no secret is in an error, event, record or log",
    held: [
      ["secrets.test.ts", "stays out of errors, events, steps, records and logs after %s"],
      ["secrets.test.ts", "stays out of the errors of direct calls and of the list of models"],
    ],
  },
  {
    what: "20. no place that comes free is lost, and who came first is served first",
    held: [
      TRAFFIC,
      [
        "routing-selection.property.test.ts",
        "those that wait for one backend are served in the order in which they came",
      ],
      [
        "routing-selection.property.test.ts",
        "those that wait for several backends are served in the order in which they came, whichever has a place first",
      ],
      ["../src/routing/waiting/stand-in-line.test.ts", "no more may wait than the backend says"],
    ],
  },
];

test.each(
  INVARIANTS.flatMap(({ what, held }) => held.map(([file, title, says = ""]) => ({ what, file, title, says }))),
)("$what; held by $file", ({ file, title, says }) => {
  const found = testsIn(join(import.meta.dirname, file)).filter((one) => one.title === title);
  expect(found.map(({ isRun }) => isRun)).toEqual([true]);
  expect(found[0]?.text).toContain(says);
});

test("each of the twenty is there", () => {
  expect(INVARIANTS.map(({ what }) => Number.parseInt(what, 10))).toEqual(
    Array.from({ length: 20 }, (_, at) => at + 1),
  );
});
