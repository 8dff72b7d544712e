import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { errorBodyOf } from "./error-body.ts";
import { refusalOf } from "./refusal-of.ts";

const read = (status: number | undefined, body: unknown) =>
  refusalOf(status, errorBodyOf(typeof body === "string" ? body : JSON.stringify(body)));
const openai = (code: string | null, message = "no", type = "invalid_request_error") => ({
  error: { message, type, param: null, code },
});

describe("the code decides", () => {
  test.each([
    ["OpenAI, a long conversation", 400, openai("context_length_exceeded"), "bad_request", "context_length"],
    ["OpenAI, nothing left", 429, openai("insufficient_quota", "no", "insufficient_quota"), "rate_limit", "quota"],
    ["OpenAI, too fast", 429, openai("rate_limit_exceeded", "no", "requests"), "rate_limit", undefined],
    ["OpenAI, no such model", 404, openai("model_not_found"), "unavailable", "model_not_found"],
    ["OpenAI, a model of others", 403, openai("model_not_found"), "unavailable", "model_not_found"],
    [
      "Azure, its filter",
      400,
      { error: { code: "content_filter", innererror: { code: "ResponsibleAIPolicyViolation" } } },
      "bad_request",
      "content_filter",
    ],
    ["Anthropic, full", 529, { type: "error", error: { type: "overloaded_error" } }, "server_error", "overloaded"],
    ["Anthropic, in a stream", undefined, { error: { type: "overloaded_error" } }, "server_error", "overloaded"],
    ["Anthropic, a bill", 402, { type: "error", error: { type: "billing_error" } }, "rate_limit", "quota"],
    [
      "llama.cpp, a long conversation",
      400,
      { error: { code: 400, message: "no", type: "exceed_context_size_error", n_ctx: 512 } },
      "bad_request",
      "context_length",
    ],
    [
      "Google, the quota of a day",
      429,
      {
        error: { code: 429, status: "RESOURCE_EXHAUSTED", details: [{ violations: [{ quotaId: "RequestsPerDay" }] }] },
      },
      "rate_limit",
      "quota",
    ],
    [
      "Google, the quota of a minute, in an array",
      429,
      [{ error: { status: "RESOURCE_EXHAUSTED", details: [{ violations: [{ quotaId: "RequestsPerMinute" }] }] } }],
      "rate_limit",
      undefined,
    ],
    [
      "a limit in the middle of a stream",
      undefined,
      { error: { code: "rate_limit_exceeded" } },
      "rate_limit",
      undefined,
    ],
  ])("%s", (_name, status, body, failure, reason) => {
    expect(read(status, body)).toEqual(reason === undefined ? { failure } : { failure, reason });
  });
});

describe("without such a code the status does, and the words where it says little", () => {
  test.each([
    ["vLLM", 400, { object: "error", message: "This model's maximum context length is 4096 tokens.", code: 400 }],
    ["vLLM", 400, { error: { message: "maximum context length is 4096 tokens", type: "BadRequestError", code: 400 } }],
    [
      "Anthropic",
      400,
      { error: { type: "invalid_request_error", message: "prompt is too long: 9 tokens > 8 maximum" } },
    ],
    [
      "Gemini",
      400,
      { error: { status: "INVALID_ARGUMENT", message: "The input token count (9) exceeds the maximum" } },
    ],
    ["Ollama", 400, { error: "the input length exceeds the context length" }],
    ["LM Studio", 400, { error: "The number of tokens to keep is greater than the context length." }],
    ["Mistral", 400, { message: "Prompt contains 9 tokens, too large for model with 8 maximum context length" }],
  ])("%s knows a conversation that is too long", (_name, status, body) => {
    expect(read(status, body)).toEqual({ failure: "bad_request", reason: "context_length" });
  });

  test.each([
    [404, { error: 'model "x" not found, try pulling it first' }],
    [404, { error: { message: "The model `x` does not exist.", type: "NotFoundError", code: 404 } }],
    [404, { type: "error", error: { type: "not_found_error", message: "model: claude-x" } }],
    [404, { error: { code: 404, status: "NOT_FOUND", message: "model x is not found for API version v1" } }],
  ])("%i %o is a model that is not there", (status, body) => {
    expect(read(status, body)).toEqual({ failure: "unavailable", reason: "model_not_found" });
  });

  test.each([
    [400, "no", { failure: "bad_request" }],
    [401, "context length exceeded", { failure: "auth" }],
    [404, { detail: "Not Found" }, { failure: "unavailable" }],
    [404, "404 page not found", { failure: "unavailable" }],
    [405, { detail: "Method Not Allowed" }, { failure: "unavailable" }],
    [302, "", { failure: "unavailable" }],
    [400, openai("unsupported_parameter", "maximum context length"), { failure: "bad_request" }],
    [408, "", { failure: "timeout" }],
    [429, "", { failure: "rate_limit" }],
    [402, "", { failure: "rate_limit", reason: "quota" }],
    [500, "<html>", { failure: "server_error" }],
    [503, "", { failure: "server_error", reason: "overloaded" }],
    [529, "", { failure: "server_error", reason: "overloaded" }],
    [undefined, "", { failure: "server_error" }],
  ])("%o with %o is %o", (status, body, expected) => {
    expect(read(status, body)).toEqual(expected);
  });
});

describe("a 403 is about the key only where it says so", () => {
  const KEY = { failure: "auth" };
  const CONTENT = { failure: "bad_request", reason: "content_filter" };
  const MISSING = { failure: "unavailable", reason: "model_not_found" };
  const FORBIDDEN = { failure: "auth", reason: "forbidden" };
  const openRouter = 'Your chosen model requires moderation and your input was flagged for "harassment".';

  test.each([
    ["OpenRouter", { error: { code: 403, message: openRouter, metadata: { reasons: ["harassment"] } } }, CONTENT],
    ["xAI", { error: "Content violates usage guidelines. Failed check: safety policy" }, CONTENT],
    ["OpenAI", openai(null, "You are not allowed to sample from this model", "invalid_request_error"), MISSING],
    ["Hugging Face", { error: "Access to model x is restricted and you are not in the authorized list" }, MISSING],
    ["Mistral", { message: "Your API key has no access to the model x" }, MISSING],
    ["xAI", { error: "Your team has no credits yet" }, { failure: "rate_limit", reason: "quota" }],
    [
      "Anthropic",
      { error: { type: "permission_error", message: "Your API key does not have permission to use this" } },
      KEY,
    ],
    ["Google", { error: { status: "PERMISSION_DENIED", message: "Your API key was reported as leaked." } }, KEY],
    ["Google", { error: { status: "PERMISSION_DENIED", message: "unregistered callers may not call" } }, KEY],
    ["a code", { error: { code: "invalid_api_key", message: "no" } }, KEY],
    ["an account", { error: "Your account has been suspended" }, KEY],
    ["OpenAI", openai("unsupported_country_region_territory", "Country not supported"), FORBIDDEN],
    ["a proxy", "<html><h1>403 Forbidden</h1></html>", FORBIDDEN],
    ["nobody", "", FORBIDDEN],
  ])("%s: %o", (_name, body, expected) => {
    expect(read(403, body)).toEqual(expected);
  });
});

test.each([
  ["<html><head><title>502 Bad\n Gateway</title></head><body><h1>502</h1>x</body></html>", "502 Bad Gateway"],
  ["<!doctype html><html><body><h1>Out  of service</h1><p>Back soon</p></body></html>", "Out of service Back soon"],
  ["<html><title></title><body>Down", "Down"],
  ["<html", ""],
  ["a < b", "a < b"],
  ["<think>so</think>", "<think>so</think>"],
])("of a page only what people read is told: %j", (page, words) => {
  expect(errorBodyOf(page).words).toBe(words);
});

test("the words are found wherever a server puts them, and nothing is thrown whatever comes", () => {
  const bodies = [
    { error: { message: "w" } },
    { error: "w" },
    { message: "w" },
    { detail: "w" },
    [{ error: "w" }],
    "w",
  ];
  for (const body of bodies)
    expect(errorBodyOf(typeof body === "string" ? body : JSON.stringify(body)).words).toBe("w");
  fc.assert(
    fc.property(fc.anything(), fc.oneof(fc.constant(undefined), fc.integer({ min: 300, max: 600 })), (body, status) => {
      expect(typeof refusalOf(status, errorBodyOf(body)).failure).toBe("string");
    }),
  );
});
