import { notEncoded, tooLong } from "./body-errors.ts";

/** Refuses a body by what its headers say, before any of it is read. */
export function checkBodyHead(header: (name: string) => string | undefined, bytes: number): void {
  const length = header("content-length");
  if (length !== undefined && Number(length) > bytes) throw tooLong(bytes);
  const encoding = header("content-encoding")?.trim().toLowerCase() ?? "";
  if (encoding !== "" && encoding !== "identity") throw notEncoded(encoding);
}
