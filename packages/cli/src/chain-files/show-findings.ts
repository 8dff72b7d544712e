import type { Finding } from "@catenary/core";

/** One line for each. */
export function showFindings(findings: readonly Finding[]): string {
  return findings
    .map(({ severity, code, path, message, suggestion }) => {
      const meant = suggestion === undefined ? "" : ` Did you mean ${suggestion}?`;
      return `${severity} ${path} ${message}.${meant} (${code})\n`;
    })
    .join("");
}
