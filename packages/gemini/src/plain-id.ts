/** A model's id as a person writes it: Gemini puts `models/` before the names in its list. */
export function plainId(name: string): string {
  return name.replace(/^models\//, "");
}
