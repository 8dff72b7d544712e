import { freemem, totalmem } from "node:os";
import type { Origin } from "../origin.ts";
import { fileError } from "./check-file.ts";

/** Bytes that this process may still take: what the system has free, or what its container leaves it. */
export type AvailableMemory = () => number;

export const availableMemory: AvailableMemory = () => {
  // macOS counts only what nobody has touched as free, and hands out far more: what can never fit is refused there.
  if (process.platform === "darwin") return totalmem();
  // Not every platform that says it is Node has it; it knows the limit of a container.
  const { availableMemory: ask } = process as { readonly availableMemory?: () => number };
  const free = freemem();
  const allowed = ask?.call(process) ?? free;
  return allowed > 0 ? Math.min(allowed, free) : free;
};

/**
 * Refuses what would not fit, because a process that takes more is killed without a word.
 *
 * @param bytes What is about to be taken.
 * @throws ModelError `unavailable`
 */
export function checkMemory(bytes: number, what: string, available: AvailableMemory, origin: Origin): void {
  const free = available();
  if (bytes <= free) return;
  throw fileError(
    origin,
    `not enough memory for ${what}: it takes about ${megabytes(bytes)}, and ${megabytes(free)} are free. Use a smaller model or quantisation, or lower \`contextLength\` or \`sequences\``,
  );
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1_000_000)} MB`;
