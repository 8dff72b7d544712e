/**
 * The stable name of one step of a run: `path#visit`. The path is the thread's path joined with the task's id, the visit
 * counts how often that task was entered in that thread, from 1.
 */
export type StepKey = string;

export function stepKey(threadPath: string, taskId: string, visit: number): StepKey {
  const id = taskId.replace(RESERVED, (character) => ESCAPES[character] ?? character);
  return threadPath === "" ? `${id}#${visit}` : `${threadPath}/${id}#${visit}`;
}

/** Characters that separate the parts of a key, and the one that escapes them. */
const RESERVED = /[/#[\]%]/g;
const ESCAPES: Readonly<Record<string, string>> = { "/": "%2F", "#": "%23", "[": "%5B", "]": "%5D", "%": "%25" };
