import { connectionError, isWrongAddress, type ModelError, refusalError } from "@catenary/core";
import type { Connection } from "./connection.ts";

export interface FailedCall extends Pick<Connection, "backend" | "place" | "hide"> {
  readonly model?: string;
}

/** What an answer that is not a success becomes. */
export function refusal(response: Response, { backend, place, hide }: FailedCall): Promise<ModelError> {
  const { status } = response;
  return refusalError(response, {
    backend,
    hide,
    explain: (words, { reason }) => {
      const hint = reason === undefined ? hintFor(status, backend, place) : "";
      return `${place} answered with status ${status}: ${words.replace(/\.$/, "") || "no words"}${hint}`;
    },
  });
}

function hintFor(status: number, backend: string, place: string): string {
  if (status === 401) return `. Check the apiKey of the backend "${backend}"`;
  if (!isWrongAddress(status)) return "";
  // Nearly every server has its routes below a version; a few have not.
  if (status === 404 && !/\/v\d/.test(place)) return `. Does the baseUrl of the backend "${backend}" lack its /v1?`;
  return `. Is the baseUrl of the backend "${backend}" where the routes begin?`;
}

/** What a `fetch` that rejected, or a body that broke off, becomes. */
export function connectionFailure(error: unknown, call: FailedCall): ModelError {
  return connectionError(error, {
    ...call,
    setting: "baseUrl",
    whenNobody: "check the network, start the server if it is yours, or set baseUrl to where it runs",
  });
}
