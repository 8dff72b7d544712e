import { CatenaryError } from "@catenary/core";
import type { ExpectedCall, RecordedCall } from "./recorded-call.ts";
import { describeMismatch } from "./recorded-call.ts";
import type { ReplyScript, ScriptedReply } from "./scripted-reply.ts";
import { replyFits } from "./scripted-reply.ts";

/** Replies in the order in which they are given out, and the calls that took them. */
export interface Script {
  readonly calls: readonly RecordedCall[];
  readonly remaining: readonly ScriptedReply[];
  add(...replies: readonly ScriptedReply[]): void;
  answer(call: RecordedCall): Promise<ReplyScript>;
  expectCalls(expected: number | readonly ExpectedCall[]): void;
  assertExhausted(): void;
}

/** `replies` are given out one a call; a function answers every call for which nothing else is left. */
export function createScript(replies: readonly ScriptedReply[] | AnswerAll, name: string): Script {
  const queue: ScriptedReply[] = typeof replies === "function" ? [] : [...replies];
  const answerAll = typeof replies === "function" ? replies : undefined;
  const calls: RecordedCall[] = [];

  return {
    calls,
    remaining: queue,
    add(...more) {
      queue.push(...more);
    },
    async answer(call) {
      calls.push(call);
      const at = queue.findIndex((reply) => replyFits(reply, call.kind));
      const reply = (at < 0 ? undefined : queue.splice(at, 1)[0]) ?? answerAll ?? (() => echo(call));
      const content = typeof reply === "function" ? await reply(call) : reply;
      return typeof content === "string" ? { text: content } : content;
    },
    expectCalls(expected) {
      const wanted = typeof expected === "number" ? expected : expected.length;
      const mismatches = typeof expected === "number" ? [] : findMismatches(calls, expected);
      if (calls.length === wanted && mismatches.length === 0) return;
      const count = calls.length === wanted ? [] : [`${calls.length} calls came, not ${wanted}`];
      throw new CatenaryError(
        "script_mismatch",
        `${name}: ${[...count, ...mismatches].join("; ")}. Calls: ${list(calls)}.`,
      );
    },
    assertExhausted() {
      if (queue.length === 0) return;
      throw new CatenaryError(
        "script_not_exhausted",
        `${name}: ${queue.length} scripted replies were never asked for: ${queue.map(describeReply).join(", ")}. Calls: ${list(calls)}.`,
      );
    },
  };
}

/** Answers every call. */
export type AnswerAll = Extract<ScriptedReply, (...args: never[]) => unknown>;

function echo(call: RecordedCall): ReplyScript {
  return call.kind === "embed" ? {} : { text: `echo: ${call.text}` };
}

function findMismatches(calls: readonly RecordedCall[], expected: readonly ExpectedCall[]): string[] {
  return expected.flatMap((expectedCall, at) => {
    const call = calls[at];
    const mismatch = call === undefined ? undefined : describeMismatch(call, expectedCall);
    return mismatch === undefined ? [] : [`call ${at + 1} has ${mismatch}`];
  });
}

function list(calls: readonly RecordedCall[]): string {
  if (calls.length === 0) return "none";
  return calls.map(({ kind, model, text }) => `${kind} ${model} ${shorten(text)}`).join(", ");
}

function describeReply(reply: ScriptedReply): string {
  if (typeof reply === "function") return "a function";
  return shorten(reply);
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
