import { isJsonObject } from "../../value/json.ts";
import { refuseRequest } from "./refuse-request.ts";

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]+$/;

/** They belong to the connection, and `fetch` refuses them. */
const RESERVED = [
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** Refuses headers that cannot be sent. Their values stay out of the message. */
export function checkHeaders(headers: unknown): void {
  if (!isJsonObject(headers)) refuseRequest(`headers is an object of text, such as { "x-team": "docs" }.`);
  for (const [name, value] of Object.entries(headers)) {
    if (name === "") refuseRequest("a header's name is empty.");
    if (!TOKEN.test(name))
      refuseRequest(`a header's name has letters, digits and hyphens, not ${JSON.stringify(name)}.`);
    if (RESERVED.includes(name.toLowerCase()))
      refuseRequest(`the header ${name} is set by the connection: leave it out.`);
    if (typeof value !== "string" || value.trim() === "")
      refuseRequest(`the header ${name} needs some text as its value.`);
    if (!VALUE.test(value)) {
      refuseRequest(`the value of the header ${name} has a line break or a letter outside Latin-1: encode it.`);
    }
  }
}
