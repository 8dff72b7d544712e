/** Whether a text can be read where it is shown: it has no signs that steer a terminal or end a text. */
export function isName(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return text !== "" && !/[\u0000-\u001f\u007f]/.test(text);
}
