import { TransportError } from "../transport-error.ts";

/** @throws TransportError `request_invalid` */
export function refuseRequest(message: string): never {
  throw new TransportError("request_invalid", message);
}
