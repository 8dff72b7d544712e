const LONGEST = 200;

/** The first 200 characters of a text; no character is cut in two. */
export function excerpt(text: string): string {
  // A character has two units at most, so this prefix holds all that is needed.
  const characters = [...text.slice(0, (LONGEST + 1) * 2)];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join("")}…` : text;
}
