import { z } from "zod";
import type { Route } from "../route.ts";

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #222; background: #fff; }
h2 { margin: 2rem 0 .5rem; text-transform: capitalize; }
details { border-top: 1px solid #ddd; padding: .4rem 0; }
summary { cursor: pointer; }
code, pre { font: 13px/1.45 ui-monospace, monospace; }
pre { background: #f5f5f5; padding: .6rem; overflow: auto; }
b { display: inline-block; width: 4.5rem; font-family: ui-monospace, monospace; }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #161616; } pre { background: #222; } details { border-color: #333; } }
`;

/** A page to read the routes on: no script, nothing loaded from anywhere. */
export function documentPage(routes: readonly Route[]): string {
  const nouns = [...new Set(routes.map(({ noun }) => noun))];
  const parts = nouns.map((noun) => {
    const rows = routes.filter((route) => route.noun === noun).map(rowOf);
    return `<h2>${escapeHtml(noun)}</h2>\n${rows.join("\n")}`;
  });
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Catenary: routes</title><meta name="viewport" content="width=device-width"><style>${STYLE}</style></head>
<body>
<h1>Routes</h1>
<p>The same as <a href="openapi.json">OpenAPI 3.1</a>. Every error is <code>{"error":{"message","type","param"?,"code"}}</code>.</p>
${parts.join("\n")}
</body>
</html>
`;
}

function rowOf(route: Route): string {
  const { method, path, summary, body, query, replies } = route;
  const details = [
    ...(query === undefined ? [] : [`<p>Query</p>${schemaBlock(query, "input")}`]),
    ...(body === undefined ? [] : [`<p>Body</p>${schemaBlock(body, "input")}`]),
    ...Object.entries(replies).map(([status, { description, schema }]) => {
      return `<p>${status}: ${escapeHtml(description)}</p>${schema === undefined ? "" : schemaBlock(schema, "output")}`;
    }),
  ];
  return `<details><summary><b>${method}</b><code>${escapeHtml(path)}</code> ${escapeHtml(summary)}</summary>${details.join("")}</details>`;
}

function schemaBlock(schema: z.ZodType, io: "input" | "output"): string {
  const { $schema: _, ...shown } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return `<pre>${escapeHtml(JSON.stringify(shown, undefined, 2))}</pre>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
