/**
 * Whether two names mean exactly one model: the same name, where no tag is `latest`. What is declared, put into a group or
 * fetched is one model, and never another size of it; names that calls look for are compared more loosely.
 */
export function isSameModel(one: string, other: string): boolean {
  return one === other || (one.length < other.length ? `${one}:latest` === other : one === `${other}:latest`);
}
