import { inspect } from "node:util";
import { APICallError } from "@ai-sdk/provider";
import { describe, expect, test } from "vitest";
import { CatenaryError } from "../errors/catenary-error.ts";
import { LIST_OF_MODELS, toModelError } from "./to-model-error.ts";

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);
const call = { backend: "home", baseUrl: "http://127.0.0.1:11434/api", model: "tiny", now: NOW };
const translate = (error: unknown) => toModelError(error, call);

describe("a status", () => {
  test.each([
    [429, "rate_limit"],
    [408, "timeout"],
    [401, "auth"],
    [403, "auth"],
    [400, "bad_request"],
    [422, "bad_request"],
    [500, "server_error"],
    [503, "server_error"],
  ])("%i is %s, wherever it stands", (status, failure) => {
    for (const error of [
      { statusCode: status, message: "no" },
      { status, message: "no" },
      new APICallError({ message: "no", url: "http://x", requestBodyValues: {}, statusCode: status }),
    ]) {
      expect(translate(error)).toMatchObject({
        code: "model_failed",
        failure,
        status,
        message: `tiny on home answered ${status}: no${status === 401 ? ". Is the key of the backend right?" : ""}`,
        details: { backend: "home", model: "tiny", status },
        cause: error,
      });
    }
  });
});

describe("how long the server asked to wait", () => {
  const after = (responseHeaders: unknown) => {
    const error = translate({ statusCode: 429, message: "slow down", responseHeaders });
    return error.details.retryAfterMs;
  };

  test("is read from seconds, dates and milliseconds, whatever the case of the names", () => {
    expect(after({ "retry-after": "3" })).toBe(3_000);
    expect(after({ "Retry-After": "0.5" })).toBe(500);
    expect(after({ "retry-after": "Thu, 01 Jan 2026 12:00:20 GMT" })).toBe(20_000);
    expect(after({ "retry-after": "Thu, 01 Jan 2026 11:00:00 GMT" })).toBe(0);
    expect(after({ "retry-after-ms": "250", "retry-after": "9" })).toBe(250);
    expect(after(new Headers({ "Retry-After": "4" }))).toBe(4_000);
  });

  test("is not known where nothing is said that can be understood", () => {
    for (const headers of [undefined, null, "soon", {}, { "retry-after": "soon" }, { "retry-after": "-1" }]) {
      expect(after(headers)).toBeUndefined();
    }
  });
});

describe("a connection", () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:11434"), { code: "ECONNREFUSED" });

  test("that nobody answers says where, however deep the code is wrapped", () => {
    const wrapped = new APICallError({
      message: "Cannot connect to API",
      url: "http://127.0.0.1:11434/api/chat",
      requestBodyValues: {},
      cause: new TypeError("fetch failed", { cause: refused }),
    });
    for (const error of [refused, new TypeError("fetch failed", { cause: refused }), wrapped]) {
      expect(translate(error)).toMatchObject({
        failure: "network",
        message: "nothing answers on 127.0.0.1:11434, where the backend home should be",
      });
    }
  });

  test.each(["ECONNRESET", "EAI_AGAIN", "EHOSTUNREACH", "ETIMEDOUT", "EPIPE", "UND_ERR_SOCKET"])(
    "that failed with %s is a failure of the network",
    (code) => {
      expect(translate(Object.assign(new Error("x"), { code }))).toMatchObject({
        failure: "network",
        message: `the connection to 127.0.0.1:11434, where the backend home should be, failed (${code})`,
      });
    },
  );

  test("to a host that there is not says to check the address", () => {
    expect(translate(Object.assign(new Error("x"), { code: "ENOTFOUND" })).message).toBe(
      "there is no host of the name in 127.0.0.1:11434, where the backend home should be (ENOTFOUND): check the address",
    );
  });

  test("to a backend without an address is named by the backend", () => {
    const error = toModelError(refused, { ...call, baseUrl: undefined });
    expect(error.message).toBe("nothing answers on home, where the backend home should be");
  });

  test("that names itself as its own cause does not hang", () => {
    const loop = new Error("round");
    loop.cause = loop;
    expect(translate(loop).failure).toBe("server_error");
  });
});

test.each([
  ["AI_LoadAPIKeyError", "auth"],
  ["AI_UnsupportedFunctionalityError", "bad_request"],
  ["AI_InvalidPromptError", "bad_request"],
  ["AI_NoSuchModelError", "unavailable"],
  ["AI_TooManyEmbeddingValuesForCallError", "bad_request"],
  ["TimeoutError", "timeout"],
  ["TypeError", "server_error"],
  ["AI_JSONParseError", "reply"],
  ["Error", "server_error"],
])("an error named %s is taken as %s", (name, failure) => {
  expect(translate(Object.assign(new Error("x"), { name })).failure).toBe(failure);
});

test.each([
  "fetch failed",
  "Failed to fetch",
  "Load failed",
  "terminated",
  "NetworkError when attempting to fetch resource.",
])("the platform's TypeError %j is a failure of the network", (message) => {
  expect(translate(new TypeError(message)).failure).toBe("network");
});

describe("an answer that came and cannot be used", () => {
  const answered = (message: string, cause: unknown) =>
    new APICallError({ message, url: "http://x", requestBodyValues: {}, statusCode: 200, cause });

  test("is a failure of the answer, not a refusal, although its error tells the status", () => {
    const error = translate(answered("Invalid JSON response", new SyntaxError("Unexpected token")));
    expect(error).toMatchObject({ failure: "reply", message: "tiny on home failed: Invalid JSON response" });
    expect(error.details).not.toHaveProperty("status");
  });

  test("is a failure of the network where the connection broke while it came", () => {
    for (const cause of [new TypeError("terminated"), Object.assign(new Error("x"), { code: "ECONNRESET" })]) {
      expect(translate(answered("Failed to process successful response", cause)).failure).toBe("network");
    }
  });
});

describe("an error of ours", () => {
  test("that names its backend stays what it is", () => {
    const error = new CatenaryError("reply_invalid", "no", { failure: "reply", details: { backend: "home" } });
    expect(translate(error)).toBe(error);
  });

  test("that names nobody says who was asked, in a copy", () => {
    const error = new CatenaryError("reply_invalid", "no", { failure: "reply", details: { maxBytes: 5 } });
    expect(translate(error)).toMatchObject({
      code: "reply_invalid",
      failure: "reply",
      message: "tiny on home: no",
      details: { backend: "home", model: "tiny", maxBytes: 5 },
    });
    expect(error).toMatchObject({ message: "no", details: { maxBytes: 5 } });
  });

  test("about a list of models is not said to be of a model", () => {
    const told = toModelError(new CatenaryError("address_refused", "no"), { ...call, model: LIST_OF_MODELS });
    expect(told).toMatchObject({ message: "no", failure: "unavailable", details: { backend: "home" } });
    expect(told.details).not.toHaveProperty("model");
  });

  test.each(["address_refused", "redirect_refused", "transport_closed"])(
    "of the transport (%s) is about this one server, and no mistake of the chain",
    (code) => {
      expect(translate(new CatenaryError(code, "no"))).toMatchObject({ code, failure: "unavailable" });
    },
  );
});

test.each([404, 405, 302])("the status %i without a word of a model is about the address", (statusCode) => {
  expect(translate({ statusCode, message: "not here" })).toMatchObject({
    failure: "unavailable",
    message: `tiny on home answered ${statusCode}: not here. Is the address of the backend right?`,
  });
});

test("whatever else is thrown becomes an error with words", () => {
  for (const thrown of ["broken", 5, null, undefined, {}]) {
    const error = translate(thrown);
    expect(CatenaryError.isInstance(error)).toBe(true);
    expect(error.message).toContain("tiny on home failed: ");
  }
});

test("nothing of the request is copied: neither its headers, nor its body, nor the user and password of the address", () => {
  const canary = "sk-canary";
  const cause = Object.assign(new Error("refused"), {
    statusCode: 500,
    requestHeaders: { authorization: canary },
    requestBodyValues: { prompt: canary },
    url: `http://user:${canary}@example.test/?key=${canary}`,
  });
  const error = toModelError(cause, { ...call, baseUrl: `http://user:${canary}@example.test/v1` });
  const refused = toModelError(Object.assign(new Error("x"), { code: "ECONNREFUSED" }), {
    ...call,
    baseUrl: `http://user:${canary}@example.test/v1`,
  });
  Object.defineProperty(error, "cause", { value: undefined });
  for (const text of [error.message, JSON.stringify(error), inspect(error), refused.message, JSON.stringify(refused)]) {
    expect(text).not.toContain(canary);
  }
});
