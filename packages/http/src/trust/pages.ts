import type { Incoming } from "../dispatch/incoming.ts";
import type { TextReply } from "../reply.ts";

/** What browsers are told, so that pages of other origins may call and read. */
export interface Pages {
  /** The headers of every reply to a page that was allowed; none for anybody else. */
  headersFor(incoming: Incoming): Readonly<Record<string, string>>;
  /** Whether a browser asks if such a page may send a request. It never sends a key with that question. */
  isPreflight(incoming: Incoming): boolean;
  /** @param methods What the path's routes take. */
  preflight(incoming: Incoming, methods: readonly string[]): TextReply;
}

const SENT = ["authorization", "content-type", "last-event-id", "x-api-key", "x-request-id"];
const READ = ["location", "retry-after", "x-catenary-warnings", "x-next-cursor", "x-request-id", "x-should-retry"];

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
const NOBODY = {};

/** Undefined where no origin was allowed: then nothing is said, and browsers let no other page read. */
export function createPages(origins: readonly string[] = []): Pages | undefined {
  if (origins.length === 0) return undefined;
  const allowed = new Set(origins.map((origin) => origin.toLowerCase()));
  const originOf = (incoming: Incoming) => {
    const origin = incoming.header("origin");
    return origin !== undefined && allowed.has(origin.toLowerCase()) ? origin : undefined;
  };
  return {
    headersFor(incoming) {
      const origin = originOf(incoming);
      if (origin === undefined) return NOBODY;
      return {
        "access-control-allow-origin": origin,
        "access-control-expose-headers": READ.join(", "),
        vary: "origin",
      };
    },
    isPreflight: (incoming) =>
      incoming.method === "OPTIONS" &&
      incoming.header("access-control-request-method") !== undefined &&
      originOf(incoming) !== undefined,
    preflight(incoming, methods) {
      // Clients' libraries send headers of their own; whoever may send a key may send those.
      const asked = (incoming.header("access-control-request-headers") ?? "").toLowerCase().split(",");
      const sent = new Set([...SENT, ...asked.map((name) => name.trim()).filter((name) => TOKEN.test(name))]);
      return {
        status: 204,
        headers: {
          "access-control-allow-methods": methods.join(", "),
          "access-control-allow-headers": [...sent].join(", "),
          "access-control-max-age": "600",
        },
        text: "",
      };
    },
  };
}
