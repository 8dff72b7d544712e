import ts from "typescript5";

/**
 * The errors of the files that a project includes itself, but not of those that they import: of these only what they need is
 * checked here, and all of them by the check of the repository's types.
 */
export function typeErrors(project: string): string {
  const host: ts.ParseConfigFileHost = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(`cannot read ${project}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
    },
  };
  const config = ts.getParsedCommandLineOfConfigFile(project, {}, host);
  if (config === undefined) throw new Error(`cannot read ${project}`);
  const program = ts.createProgram({ rootNames: config.fileNames, options: config.options });
  const errors = config.fileNames.flatMap((name) => {
    const file = program.getSourceFile(name);
    if (file === undefined) throw new Error(`${name} is not in its own program`);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  });
  return ts.formatDiagnostics([...config.errors, ...program.getOptionsDiagnostics(), ...errors], {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: ts.sys.getCurrentDirectory,
    getNewLine: () => "\n",
  });
}
