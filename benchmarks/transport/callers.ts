import { Agent, request } from "node:http";
import type { Backend } from "@catenary/core";
import { nodeFetch } from "@catenary/node";
import { ollama } from "@catenary/ollama";
import { openaiCompatible } from "@catenary/openai";

/** Asks once. Gives the answer's text where it is whole, and of a stream how many lines it had or how long its text is. */
export type Caller = () => Promise<string | number>;

type Send = typeof fetch;

const SYSTEM = "You know everything about birds.";
const PROMPT = "Say something about swifts.";
const messages = [
  { role: "system", content: SYSTEM },
  { role: "user", content: PROMPT },
];
const prompt = [
  { role: "system" as const, content: SYSTEM },
  { role: "user" as const, content: [{ type: "text" as const, text: PROMPT }] },
];
const headers = { "content-type": "application/json", authorization: "Bearer nobody" };
const bodyOf = (stream: boolean) => JSON.stringify({ model: "swift", messages, stream });
const textOf = (answer: { readonly choices: readonly { readonly message: { readonly content: string } }[] }) =>
  answer.choices[0]?.message.content ?? "";

function countLines(piece: Uint8Array): number {
  let lines = 0;
  for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) lines += 1;
  return lines;
}

/** What Node's client costs, with nothing around it. */
export function overHttp(url: string, stream: boolean): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const { hostname, port } = new URL(url);
  const call = (onPiece: (piece: Buffer) => void) =>
    new Promise<void>((resolve, reject) => {
      const body = bodyOf(stream);
      const length = { "content-length": Buffer.byteLength(body) };
      const options = {
        hostname,
        port,
        path: "/v1/chat/completions",
        method: "POST",
        agent,
        headers: { ...headers, ...length },
      };
      const sent = request(options, (answer) => void answer.on("data", onPiece).on("end", resolve).on("error", reject));
      sent.on("error", reject).end(body);
    });
  if (!stream) {
    return async () => {
      const pieces: Buffer[] = [];
      await call((piece) => void pieces.push(piece));
      return textOf(JSON.parse(Buffer.concat(pieces).toString()));
    };
  }
  return async () => {
    let lines = 0;
    await call((piece) => {
      lines += countLines(piece);
    });
    return lines;
  };
}

/** undici as a package of its own, without its `fetch`. */
export async function overUndici(url: string, stream: boolean): Promise<Caller> {
  const { Agent: UndiciAgent, request: send } = await import("undici");
  const dispatcher = new UndiciAgent({ connections: 256 });
  const call = () => send(`${url}/v1/chat/completions`, { method: "POST", headers, dispatcher, body: bodyOf(stream) });
  if (!stream) return async () => textOf(JSON.parse(await (await call()).body.text()));
  return async () => {
    let lines = 0;
    for await (const piece of (await call()).body) lines += countLines(piece);
    return lines;
  };
}

/** @param way How the answer is read. The AI SDK reads every answer as a stream. */
export function overFetch(send: Send, url: string, way: "json" | "bytes of a stream" | "lines"): Caller {
  const call = (stream: boolean) =>
    send(`${url}/v1/chat/completions`, { method: "POST", headers, body: bodyOf(stream) });
  if (way === "json") return async () => textOf(await (await call(false)).json());
  if (way === "lines") {
    return async () => {
      let lines = 0;
      for await (const piece of (await call(true)).body ?? []) lines += countLines(piece);
      return lines;
    };
  }
  return async () => {
    const pieces: Uint8Array[] = [];
    for await (const piece of (await call(false)).body ?? []) pieces.push(piece);
    return textOf(JSON.parse(Buffer.concat(pieces).toString()));
  };
}

export const openaiOver = (send: Send, url: string) =>
  openaiCompatible({ id: "server", baseUrl: `${url}/v1`, apiKey: "nobody", fetch: send });

export const ollamaOver = (send: Send, url: string) => ollama({ baseUrl: url, fetch: send });

/** A model of an adapter, without a runtime around it. */
export function overBackend(backend: Backend, stream: boolean): Caller {
  const model = backend.languageModel("swift");
  if (stream) {
    return async () => {
      let length = 0;
      for await (const part of (await model.doStream({ prompt })).stream)
        if (part.type === "text-delta") length += part.delta.length;
      return length;
    };
  }
  return async () => {
    const { content } = await model.doGenerate({ prompt });
    return content.map((part) => (part.type === "text" ? part.text : "")).join("");
  };
}

export const lean = (): Send => nodeFetch();
