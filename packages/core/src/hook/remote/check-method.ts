import { refuseRequest } from "./refuse-request.ts";

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** `fetch` makes no such requests. */
const FORBIDDEN = ["CONNECT", "TRACE", "TRACK"];

/** Refuses what is no method of an HTTP request. */
export function checkMethod(method: unknown): void {
  if (typeof method !== "string" || !TOKEN.test(method)) {
    refuseRequest(`method is one word such as POST or PUT, not ${JSON.stringify(method)}.`);
  }
  if (FORBIDDEN.includes(method.toUpperCase())) refuseRequest(`method ${method} cannot be sent with fetch.`);
}
