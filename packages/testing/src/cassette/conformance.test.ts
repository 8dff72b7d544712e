import type { Backend } from "@catenary/core";
import { describeBackend } from "../describe-backend.ts";
import { standIn } from "../stand-in/stand-in.ts";
import { parseCassette, printCassette } from "./cassette-text.ts";
import { recordCassette } from "./record-cassette.ts";
import { replayCassette } from "./replay-cassette.ts";

const subject = {
  chatModel: "stand-in",
  embeddingModel: "stand-in-embed",
  supports: { tools: true, structuredOutput: true },
};

// Slow enough to be aborted on the way.
const recording = recordCassette(standIn({ wordDelayMs: 10 }));
let replay: Backend | undefined;

describeBackend("recordCassette()", { ...subject, create: () => recording });

describeBackend("replayCassette() of what that suite asked", {
  ...subject,
  create: () => {
    replay ??= replayCassette(parseCassette(printCassette(recording.cassette), "conformance"));
    return replay;
  },
});
