import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { CatenaryError, toErrorData } from "./catenary-error.ts";
import { FAILURE_CLASSES } from "./failure-class.ts";
import { HookError } from "./hook-error.ts";
import { InputError } from "./input-error.ts";
import { ModelError } from "./model-error.ts";
import { NoCandidateError } from "./no-candidate-error.ts";
import { RegistryError } from "./registry-error.ts";
import { ReplyError } from "./reply-error.ts";
import { TemplateError } from "./template-error.ts";
import { TypeMismatchError } from "./type-mismatch-error.ts";

describe("an error", () => {
  test("has a code, a message, and a failure of the chain's own where nobody says another", () => {
    const error = new CatenaryError("some_code", "something is wrong");
    expect(error).toMatchObject({ name: "CatenaryError", code: "some_code", message: "something is wrong" });
    expect(error).toMatchObject({ failure: "chain", details: {}, isRetryable: false });
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toHaveProperty("cause");
  });

  test("may succeed the next time, unless the chain, the credentials or a wish to stop decide it", () => {
    const final = FAILURE_CLASSES.filter((failure) => !new CatenaryError("c", "m", { failure }).isRetryable);
    expect(final).toEqual(["auth", "chain", "cancelled"]);
  });

  test("is called by the name of its kind", () => {
    const errors = [
      new HookError("hook_failed", "m", { failure: "code" }),
      new InputError("m"),
      new ModelError("m", { failure: "network" }),
      new NoCandidateError("m", {}),
      new RegistryError("not_found", "m", { noun: "thing", id: "x" }),
      new ReplyError("m"),
      new TemplateError("template_syntax", "m", { line: 1, column: 2 }),
      new TypeMismatchError("m", { expected: "int", actual: "string" }),
    ];
    for (const error of errors) {
      expect(error.name).toBe(error.constructor.name);
      expect(CatenaryError.isInstance(error)).toBe(true);
    }
    expect(errors.map(({ code, failure }) => `${code} ${failure}`)).toEqual([
      "hook_failed code",
      "input_invalid chain",
      "model_failed network",
      "no_candidate unavailable",
      "not_found chain",
      "reply_invalid reply",
      "template_syntax chain",
      "type_mismatch chain",
    ]);
  });
});

describe("details", () => {
  test("of a model's and a hook's failure are those that are known", () => {
    const failed = { failure: "rate_limit", status: 429, retryAfterMs: 5 } as const;
    expect(new ModelError("m", { ...failed, backend: "b", model: "x" })).toMatchObject({
      status: 429,
      retryAfterMs: 5,
      details: { backend: "b", model: "x", status: 429, retryAfterMs: 5 },
    });
    expect(new HookError("hook_failed", "m", { ...failed, hook: "h" }).details).toEqual({
      hook: "h",
      status: 429,
      retryAfterMs: 5,
    });
    expect(new ModelError("m", { failure: "network" }).details).toEqual({});
    expect(new HookError("hook_failed", "m", { failure: "network" }).details).toEqual({});
  });

  test("of a template's failure are its place, which the message has too", () => {
    const error = new TemplateError("template_failed", "broken", { line: 3, column: 7 });
    expect(error).toMatchObject({ line: 3, column: 7, details: { line: 3, column: 7 } });
    expect(error.message).toBe("broken (line 3, column 7)");
  });
});

describe("isInstance", () => {
  test("recognises an error of another copy of this package", async () => {
    vi.resetModules();
    const other = await import("./catenary-error.ts");
    expect(other.CatenaryError).not.toBe(CatenaryError);
    const foreign = new other.CatenaryError("c", "m");
    expect(foreign).not.toBeInstanceOf(CatenaryError);
    expect(CatenaryError.isInstance(foreign)).toBe(true);
    expect(other.CatenaryError.isInstance(new InputError("m"))).toBe(true);
  });

  test.each([undefined, null, 5, "text", {}, new Error("other"), { code: "c", failure: "chain" }])(
    "does not take %j for one",
    (value) => {
      expect(CatenaryError.isInstance(value)).toBe(false);
    },
  );
});

describe("an error as plain data", () => {
  test("has its code, message, class, details and causes, and nothing else", () => {
    const cause = new ModelError("refused", { failure: "network", backend: "b" });
    const error = new CatenaryError("outer", "broken", { cause, details: { place: 1 } });
    const written = {
      code: "outer",
      message: "broken",
      failure: "chain",
      details: { place: 1 },
      cause: { code: "model_failed", message: "refused", failure: "network", details: { backend: "b" } },
    };
    expect(error.toJSON()).toEqual(written);
    expect(JSON.parse(JSON.stringify(error))).toEqual(written);
  });

  test("leaves out what is not there", () => {
    expect(Object.keys(new CatenaryError("c", "m").toJSON())).toEqual(["code", "message", "failure"]);
  });

  test("tells of a foreign error its message only: what else it carries may be a secret", () => {
    const foreign = Object.assign(new Error("broken"), { config: { apiKey: "sk-secret" } });
    expect(toErrorData(foreign)).toEqual({ code: "unexpected_error", message: "broken", failure: "code" });
    const wrapped = new CatenaryError("c", "m", { cause: foreign });
    expect(JSON.stringify(wrapped)).not.toContain("secret");
  });

  test("ends where causes go round in a circle", () => {
    const error = new CatenaryError("c", "m");
    Object.assign(error, { cause: error });
    expect(JSON.stringify(toErrorData(error)).length).toBeLessThan(5000);
  });

  test("leaves out details that JSON cannot carry", () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    for (const details of [circle, { big: 5n }]) {
      expect(toErrorData(new CatenaryError("c", "m", { details }))).toEqual({
        code: "c",
        message: "m",
        failure: "chain",
      });
    }
    expect(toErrorData(new CatenaryError("c", "m", { details: { act: () => {}, kept: 1 } })).details).toEqual({
      kept: 1,
    });
  });

  test("can be made of whatever was thrown, and survives JSON", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), (thrown) => {
        for (const error of [thrown, new CatenaryError("c", "m", { cause: thrown, details: { thrown } })]) {
          const written = toErrorData(error);
          expect(JSON.parse(JSON.stringify(written))).toEqual(written);
        }
      }),
    );
  });
});

test("an error as data tells no key, whoever made it", () => {
  const own = new CatenaryError("x", "sent Bearer sk-canary-0123456789", {
    cause: new Error("key sk-canary-0123456789"),
  });
  expect(own.toJSON()).toMatchObject({ message: "sent Bearer …", cause: { message: "key …" } });
});
