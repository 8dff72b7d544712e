import { expect, test } from "vitest";
import { followRedirect } from "./follow-redirect.ts";
import type { OutgoingRequest } from "./outgoing-request.ts";

const request: OutgoingRequest = {
  url: new URL("https://api.example/v1/chat"),
  method: "POST",
  body: "{}",
  redirect: "follow",
  headers: {
    accept: "*/*",
    "content-type": "application/json",
    "user-agent": "me",
    authorization: "Bearer canary",
    cookie: "canary",
    "x-api-key": "canary",
    "x-goog-api-key": "canary",
    "api-key": "canary",
    "proxy-authorization": "canary",
    "x-of-somebody": "canary",
    host: "inner.example",
  },
};

test("a redirect within one origin keeps everything", () => {
  expect(followRedirect(request, 307, "/v2/chat")).toEqual({ ...request, url: new URL("https://api.example/v2/chat") });
});

test.for(["https://other.example/", "https://api.example:8443/", "https://sub.api.example/"])(
  "%s is told no header that may be a credential",
  (location) => {
    const next = followRedirect(request, 308, location);
    expect(next.headers).toEqual({ accept: "*/*", "content-type": "application/json", "user-agent": "me" });
    expect(next.body).toBe("{}");
    expect(JSON.stringify(followRedirect(request, 303, location))).not.toContain("canary");
  },
);

test("nothing is sent on from https to http", () => {
  expect(() => followRedirect(request, 307, "http://api.example/v1/chat")).toThrow("from https to http");
});

test("what becomes a GET has neither a body nor what describes one", () => {
  const next = followRedirect(request, 302, "/elsewhere");
  expect(next.method).toBe("GET");
  expect(next).not.toHaveProperty("body");
  expect(next.headers).not.toHaveProperty("content-type");
});
