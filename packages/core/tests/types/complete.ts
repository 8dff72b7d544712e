import { join } from "node:path";
import ts from "typescript5";

const ROOT = join(import.meta.dirname, "..", "..", "..", "..");
const registry = ts.createDocumentRegistry();

/** What an editor offers at the `|` of a program, against the declarations of the package, in the order of the alphabet. */
export function complete(declarations: string, program: string): readonly string[] {
  const file = join(declarations, "edited.ts");
  const position = program.indexOf("|");
  const text = program.slice(0, position) + program.slice(position + 1);
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.base.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const read = (path: string) => (path === file ? text : ts.sys.readFile(path));
  const host: ts.LanguageServiceHost = {
    getScriptFileNames: () => [file],
    // The registry keeps files by their version, and there is a new program each time.
    getScriptVersion: (path) => (path === file ? text : "1"),
    getScriptSnapshot: (path) => {
      const content = read(path);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => ROOT,
    getCompilationSettings: () => ({ ...options, paths: { "@catenary/core": [join(declarations, "index.d.ts")] } }),
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
    fileExists: (path) => path === file || ts.sys.fileExists(path),
    readFile: read,
  };
  const completions = ts.createLanguageService(host, registry).getCompletionsAtPosition(file, position, {});
  return (completions?.entries ?? []).map(({ name }) => name).sort();
}
