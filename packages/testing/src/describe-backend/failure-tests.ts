import { expect } from "vitest";
import { ask, readStream, rejection, type StreamedAnswer } from "./calls.ts";
import { describeFailure } from "./describe-failure.ts";
import { type BackendTest, needsServer, type Subject } from "./subject.ts";

export const failureTests = {
  "says of a model it does not have that it is not there, and names the model": {
    run: async (subject) => {
      const model = subject.backend.languageModel("no-such-model-here");
      const error = await rejection(model.doGenerate(ask(subject)));
      expect(describeFailure(error)).toMatchObject({ status: 404, failure: "unavailable" });
      expect(String(error)).toContain("no-such-model-here");
      expect(describeFailure(await rejection(model.doStream(ask(subject))))).toMatchObject({ status: 404 });
    },
  },
  "tells the status and the words of a server that fails": {
    lacks: needsServer,
    run: async (subject) => {
      for (const [status, failure] of [
        [400, "bad_request"],
        [401, "auth"],
        [403, "auth"],
        [429, "rate_limit"],
        [500, "server_error"],
        [503, "server_error"],
      ] as const) {
        subject.server?.faults.next({ kind: "status", status, message: "the disk is full" });
        const error = await rejection(subject.model.doGenerate(ask(subject)));
        expect(describeFailure(error)).toMatchObject({ status, failure });
        expect(String(error)).toContain("the disk is full");
      }
    },
  },
  "tells the status of a server that fails where a stream was asked for": {
    lacks: needsServer,
    run: async (subject) => {
      subject.server?.faults.next({ kind: "status", status: 500, message: "the disk is full" });
      const error = await rejection(subject.model.doStream(ask(subject)));
      expect(describeFailure(error)).toMatchObject({ status: 500, failure: "server_error" });
    },
  },
  "copes with a failure that is not in the server's own shape": {
    lacks: needsServer,
    run: async (subject) => {
      subject.server?.faults.next({ kind: "status", status: 502, body: "<html>Bad Gateway</html>" });
      const error = await rejection(subject.model.doGenerate(ask(subject)));
      expect(describeFailure(error)).toMatchObject({ status: 502, failure: "server_error" });
    },
  },
  "tells how long the server asks to wait": {
    lacks: needsServer,
    run: async (subject) => {
      subject.server?.faults.next({ kind: "status", status: 429, retryAfterSeconds: 7 });
      const error = await rejection(subject.model.doGenerate(ask(subject)));
      expect(describeFailure(error)).toMatchObject({ status: 429, retryAfterMs: 7000 });
    },
  },
  "calls a connection that breaks a failure of the network": {
    lacks: needsServer,
    run: async (subject) => {
      subject.server?.faults.next({ kind: "reset" });
      const error = await rejection(subject.model.doGenerate(ask(subject)));
      expect(describeFailure(error)).toMatchObject({ status: undefined, failure: "network" });
    },
  },
  "does not end a stream that breaks off as if it were whole": {
    lacks: needsServer,
    run: async (subject) => {
      subject.server?.faults.next({ kind: "cut", afterChunks: 2 });
      const { parts, error } = await streamed(subject);
      const finish = parts.find((part) => part.type === "finish");
      expect(error).toBeDefined();
      expect(finish?.finishReason.unified ?? "error").toBe("error");
    },
  },
  "calls a page that comes in place of a stream an answer that cannot be used": {
    lacks: needsServer,
    run: async (subject) => {
      const [body, headers] = ["<html><title>Log in</title></html>", { "content-type": "text/html" }];
      subject.server?.faults.next({ kind: "status", status: 200, body, headers });
      const { error } = await streamed(subject);
      expect(describeFailure(error)).toMatchObject({ failure: "reply" });
    },
  },
} satisfies Record<string, BackendTest>;

/** What comes of one streamed call. An adapter that reads ahead may meet a failure before it hands the stream over. */
async function streamed(subject: Subject): Promise<StreamedAnswer> {
  const failed = (error: unknown): StreamedAnswer => ({ parts: [], text: "", error });
  return subject.model.doStream(ask(subject)).then(({ stream }) => readStream(stream), failed);
}
