import { systemClock } from "@catenary/core";
import type { FakeServer } from "@catenary/testing";
import { createFakeServer } from "../../../testing/src/create-fake-server.ts";
import { answerTo } from "./answer.ts";
import { isRecord } from "./question.ts";
import { events, messageOf } from "./wire.ts";

export interface FakeAnthropic extends FakeServer {
  /** The next questions get these contents, one list each. */
  reply(...contents: readonly (readonly object[])[]): void;
}

/** A server of Anthropic's messages that lives in a function. Written after the public reference, not recorded from the real one. */
export function createFakeAnthropic({
  models,
  apiKey,
}: {
  readonly models: readonly string[];
  readonly apiKey: string;
}): FakeAnthropic {
  const scripted: (readonly object[])[] = [];

  const route = async (request: Request): Promise<Response> => {
    if (request.headers.get("x-api-key") !== apiKey) return failed(401, "invalid x-api-key");
    if (new URL(request.url).pathname !== "/v1/messages") return failed(404, "Not Found");
    const body: unknown = await request.json();
    if (!isRecord(body)) return failed(400, "the body is no object");
    if (!models.includes(String(body.model))) return failed(404, `model: ${body.model}`);
    const answer = answerTo(body, scripted.shift());
    return body.stream === true ? events(body, answer) : Response.json(messageOf(body, answer));
  };
  const server = createFakeServer({ route, shape: failed, clock: systemClock });
  return Object.assign(server, {
    reply: (...contents: readonly (readonly object[])[]) => void scripted.push(...contents),
  });
}

function failed(status: number, message: string): Response {
  return Response.json({ type: "error", error: { type: TYPES[status] ?? "api_error", message } }, { status });
}

const TYPES: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  429: "rate_limit_error",
  529: "overloaded_error",
};
