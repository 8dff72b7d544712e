import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { HookError } from "../errors/hook-error.ts";
import type { DataType } from "../value/data-type.ts";
import { isJsonObject, type Json, type JsonObject } from "../value/json.ts";
import { callHook } from "./call-hook.ts";
import { type Answer, fakeServer, type SeenRequest } from "./fixtures/fake-server.ts";
import { invocation } from "./fixtures/invocation.ts";
import { ManualClock } from "./fixtures/manual-clock.ts";
import type { ProtocolName } from "./remote/protocol.ts";
import type { RemoteHook } from "./remote-hook.ts";
import { remoteHook } from "./remote-hook.ts";

// What contenox/runtime sent to hooks and made of their answers, played again as far as this folder is concerned:
// request, result, kind of failure. Templates, branches and retries of tasks are played where they are implemented.

interface Case {
  readonly name: string;
  readonly chain: { readonly tasks: readonly Task[] };
  readonly input: Json;
  readonly inputType?: DataType;
  readonly hooks?: readonly RegisteredHook[];
  readonly hookReplies?: readonly Reply[];
  readonly hookCalls?: readonly Call[];
  readonly recorded: { readonly status: number; readonly body: RecordedBody };
}
interface Task {
  readonly id: string;
  readonly handler: string;
  readonly hook?: { readonly name: string; readonly args?: JsonObject | null } | null;
  readonly prompt_template?: string;
  readonly output_template?: string;
  readonly timeout?: string;
}
interface RegisteredHook {
  readonly name: string;
  readonly path?: string;
  readonly method?: string;
  readonly timeoutMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly protocolType?: ProtocolName;
}
interface Reply {
  readonly status?: number;
  readonly body?: Json;
  readonly raw?: string;
  readonly contentType?: string;
  readonly delayMs?: number;
}
interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}
interface RecordedBody {
  readonly state?: readonly {
    readonly taskHandler: string;
    readonly output: string;
    readonly error: { readonly error: string };
  }[];
  readonly error?: { readonly message: string };
}

/** No hook is reached: the chain, its reader or the registry refuses before, or an earlier task gives no NaN here. */
const ELSEWHERE = [
  "hook-unknown-name",
  "hook-name-case-differs",
  "hook-block-missing",
  "hook-block-null",
  "parse-key-value-nan-into-hook",
];

/** Refused at registration, where the original fails at the call. */
const REFUSED_EARLY = ["hook-method-invalid"];

/** `fetch` has no body with GET and HEAD, so the arguments are not sent. */
const WITHOUT_BODY = ["hook-method-get"];

const folder = new URL("../../../../../shared/vectors/", import.meta.url);
const cases = ["handlers.json", "engine.json"].flatMap(readCases);

function readCases(file: string): Case[] {
  const url = new URL(file, folder);
  if (!existsSync(url)) return [];
  const all: Case[] = JSON.parse(readFileSync(url, "utf8"));
  return all.filter(({ name, hooks }) => name.startsWith("hook-") || hooks !== undefined);
}

if (cases.length === 0) console.info(`No recorded cases in ${folder.pathname}: nothing is compared.`);

// The recordings are not part of the repository.
test.skipIf(cases.length === 0)("there are recorded cases to compare with", () => {
  expect(cases.length).toBeGreaterThan(100);
});

const reaching = cases.filter(({ name }) => ![...ELSEWHERE, ...REFUSED_EARLY].includes(name));

test.each(reaching.map((recorded) => [recorded.name, recorded] as const))("%s", async (_name, recorded) => {
  const clock = new ManualClock();
  const { hookCalls = [], hookReplies = [], recorded: answer } = recorded;
  const task = recorded.chain.tasks.find(({ handler }) => handler === "hook");
  if (!task?.hook) throw new Error("the case has no task with a hook");
  const { name, args } = task.hook;
  const hook = register(recorded, name);
  const server = fakeServer(...hookReplies.map((reply) => answerOf(reply, clock)));
  expect(hookCalls.length).toBeGreaterThan(0);

  for (const [index, call] of hookCalls.entries()) {
    const controller = new AbortController();
    if (task.timeout !== undefined) clock.setTimer(Number.parseInt(task.timeout, 10), () => controller.abort("late"));
    const input = { type: recorded.inputType ?? "string", value: inputOf(recorded, call, hook) };
    const promise = callHook(
      hook,
      invocation({ name, args: args ?? {}, input, attempt: index + 1, signal: controller.signal }),
      { fetch: server.fetch, clock },
    );
    const message = failureOf(answer.body, index);
    if (message === undefined) expect(await clock.passUntil(promise)).toEqual(resultOf(recorded, task, hook, index));
    else await expectFailure(clock.passUntil(promise), message, controller.signal);
    compareRequest(server.seen[index], call, recorded);
  }
  expect(server.seen).toHaveLength(hookCalls.length);
});

test.each(
  cases.filter(({ name }) => REFUSED_EARLY.includes(name)).map((recorded) => [recorded.name, recorded] as const),
)("%s is refused at registration", (_name, recorded) => {
  expect(() => register(recorded, "hk")).toThrow(expect.objectContaining({ code: "hook_request_invalid" }));
});

function register({ hooks = [] }: Case, name: string): RemoteHook {
  const found = hooks.find((hook) => hook.name === name);
  if (found === undefined) throw new Error(`no hook ${name}`);
  const { path = "/hook", protocolType = "langserve", method = "POST", timeoutMs, headers } = found;
  return remoteHook({
    url: `http://hooks.test${path}`,
    method,
    protocol: protocolType,
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(headers !== undefined && { headers }),
  });
}

function answerOf({ status = 200, body, raw, contentType, delayMs = 0 }: Reply, clock: ManualClock): Answer {
  const text = raw ?? JSON.stringify(body);
  const response = () =>
    new Response(status === 204 ? null : text, {
      status,
      headers: { "content-type": contentType ?? "application/json" },
    });
  if (delayMs === 0) return response;
  return (signal) =>
    new Promise((resolve, reject) => {
      clock.setTimer(delayMs, () => resolve(response()));
      signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    });
}

/** Where a template, an earlier task or the reader of inputs makes the input, it is taken from what was sent. */
function inputOf({ chain, input, inputType = "string" }: Case, call: Call, hook: RemoteHook): Json {
  const [first] = chain.tasks;
  const isGiven = first?.handler === "hook" && first.prompt_template === undefined;
  if (isGiven && ["string", "any", "vector"].includes(inputType)) return input;
  return readArguments(call.body, hook).input ?? null;
}

function readArguments(body: Json, { protocol }: RemoteHook): JsonObject {
  const sent = protocol === "langserve" || !isJsonObject(body) ? body : body.arguments;
  const parsed: unknown = typeof sent === "string" ? JSON.parse(sent) : sent;
  // Safe: what was recorded is JSON.
  return isJsonObject(parsed) ? (parsed as JsonObject) : {};
}

/** The recorded failure of a call, if it failed. A failing output template comes after the call. */
function failureOf({ state, error }: RecordedBody, index: number): string | undefined {
  const attempt = state?.filter(({ taskHandler }) => taskHandler === "hook")[index];
  const message = attempt?.error.error ?? error?.message;
  const isOfHook = message !== undefined && /remote hook|failed to parse response/.test(message);
  return isOfHook ? message : undefined;
}

function resultOf({ recorded, hookReplies = [] }: Case, task: Task, hook: RemoteHook, index: number): Json {
  const attempt = recorded.body.state?.filter(({ taskHandler }) => taskHandler === "hook")[index];
  if (attempt?.output && task.output_template === undefined) return JSON.parse(attempt.output);
  // The state has the rendered template, or nothing: then these protocols give the answer as it came.
  expect(["langserve", "openai", "openai-object"]).toContain(hook.protocol);
  return hookReplies[index]?.body ?? null;
}

async function expectFailure(promise: Promise<Json>, message: string, signal: AbortSignal): Promise<void> {
  const error: unknown = await promise.then(
    () => expect.unreachable("the call should have failed"),
    (reason: unknown) => reason,
  );
  if (signal.aborted) return expect(error).toBe(signal.reason);
  if (!(error instanceof HookError)) throw error;
  const status = /failed with status (\d+)/.exec(message)?.[1];
  if (status !== undefined) {
    expect(error).toMatchObject({ code: "hook_failed", status: Number(status) });
    return;
  }
  if (message.includes("deadline exceeded")) {
    expect(error).toMatchObject({ code: "hook_failed", failure: "timeout" });
    return;
  }
  expect(message).toContain("failed to parse response");
  expect(error).toMatchObject({ code: "hook_response_invalid", failure: "reply" });
}

function compareRequest(seen: SeenRequest | undefined, call: Call, { name }: Case): void {
  expect(seen).toBeDefined();
  if (seen === undefined) return;
  expect(seen.method).toBe(call.method);
  expect(new URL(seen.url).pathname).toBe(call.path);
  if (WITHOUT_BODY.includes(name)) {
    expect(seen.body).toBeUndefined();
    return;
  }
  expect(seen.headers).toMatchObject(call.headers);
  expect(withParsedArguments(JSON.parse(seen.body ?? ""))).toEqual(withParsedArguments(call.body));
}

/** Arguments sent as text are compared as what they say. */
function withParsedArguments(body: Json): Json {
  if (!isJsonObject(body) || typeof body.arguments !== "string") return body;
  return { ...body, arguments: JSON.parse(body.arguments) };
}
