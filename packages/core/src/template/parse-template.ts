import { TemplateError } from "../errors/template-error.ts";
import type { Template } from "./template.ts";

/** Reads a template. Throws a `TemplateError` with code `template_syntax`. */
export function parseTemplate(source: string): Template {
  if (source.includes("{{"))
    throw new TemplateError("template_syntax", "actions are not read yet", { line: 1, column: 1 });
  return { source, reads: [], render: () => source, renderValue: () => source };
}
