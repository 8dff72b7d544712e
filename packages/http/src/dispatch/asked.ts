import type { Call, Notes } from "../call.ts";
import type { Surface } from "../surface.ts";
import type { Incoming } from "./incoming.ts";
import type { Place } from "./locate.ts";

/** What was asked for: a request, and where it leads. */
export interface Asked {
  readonly incoming: Incoming;
  /** `HEAD` asks for what `GET` does. */
  readonly method: string;
  readonly place: Place;
  readonly mount: string;
  readonly requestId: string;
  /** What the log is to say of it beside. */
  notes: Notes | undefined;
}

export function toCall(surface: Surface, asked: Asked, params: Call["params"], isOperator: boolean): Call {
  return new AskedCall(surface, asked, params, isOperator);
}

/** A class, because an object with getters of its own costs the engine more than everything else here. */
class AskedCall implements Call {
  readonly method: string;
  readonly path: string;
  readonly mount: string;
  readonly params: Call["params"];
  readonly requestId: string;
  readonly isOperator: boolean;
  readonly #surface: Surface;
  readonly #asked: Asked;
  #query: URLSearchParams | undefined;

  constructor(surface: Surface, asked: Asked, params: Call["params"], isOperator: boolean) {
    this.method = asked.method;
    this.path = asked.place.path;
    this.mount = asked.mount;
    this.params = params;
    this.requestId = asked.requestId;
    this.isOperator = isOperator;
    this.#surface = surface;
    this.#asked = asked;
  }

  /** Most calls have none, and most routes do not look. */
  get query(): URLSearchParams {
    this.#query ??= new URLSearchParams(this.#asked.place.query);
    return this.#query;
  }

  get signal(): AbortSignal {
    return this.#asked.incoming.signal;
  }

  note(fields: Notes): void {
    this.#asked.notes = { ...this.#asked.notes, ...fields };
  }

  header(name: string): string | undefined {
    return this.#asked.incoming.header(name.toLowerCase());
  }

  text(): Promise<string> {
    const { limits, clock } = this.#surface;
    return this.#asked.incoming.text({ bytes: limits.bodyBytes, timeoutMs: limits.bodyTimeoutMs, clock });
  }
}
