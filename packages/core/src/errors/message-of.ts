/** What a thrown value says, for people. Never throws, whatever was thrown: code of users throws anything. */
export function messageOf(thrown: unknown): string {
  try {
    if (typeof thrown === "object" && thrown !== null && "message" in thrown) {
      const { message, name } = thrown as { readonly message: unknown; readonly name?: unknown };
      if (typeof message === "string" && message !== "") return message;
      if (message === "" && typeof name === "string") return name;
    }
    return String(thrown);
  } catch {
    return `a thrown ${typeof thrown} that cannot be printed`;
  }
}
