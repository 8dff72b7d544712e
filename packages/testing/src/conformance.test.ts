import { describeBackend } from "./describe-backend.ts";
import { scriptedBackend } from "./scripted/scripted-backend.ts";
import { standIn } from "./stand-in/stand-in.ts";

describeBackend("standIn()", {
  // Slow enough to be aborted on the way.
  create: () => standIn({ wordDelayMs: 10 }),
  chatModel: "stand-in",
  embeddingModel: "stand-in-embed",
  supports: { tools: true, structuredOutput: true },
});

describeBackend("scriptedBackend()", {
  create: () =>
    scriptedBackend({
      replies: ({ kind, text }) =>
        kind === "embed" ? {} : { text: `You said: ${text}`, delayMs: 30, chunkDelayMs: 1 },
    }),
  chatModel: "scripted",
  embeddingModel: "scripted",
  skip: [
    { test: "takes stop sequences", reason: "a script says what it says" },
    {
      test: "says of a model it does not have that it is not there, and names the model",
      reason: "a script answers for whatever model it is asked",
    },
  ],
});
