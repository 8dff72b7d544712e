/**
 * The stable name of one step of a run: `path#visit`. The path is the thread's path joined with the task's id, the visit
 * counts how often that task was entered in that thread, from 1.
 */
export type StepKey = string;

export function stepKey(threadPath: string, taskId: string, visit: number): StepKey {
  const id = RESERVED.test(taskId) ? encodeURIComponent(taskId) : taskId;
  return threadPath === "" ? `${id}#${visit}` : `${threadPath}/${id}#${visit}`;
}

/** Characters that separate the parts of a key, and the one that escapes them. */
const RESERVED = /[/#[\]%]/;
