/** A JSON schema of which no grammar can be made. Its message says where and why. */
export class SchemaError extends Error {
  constructor(path: string, told: string) {
    super(`${path === "" ? "the schema" : `the schema at ${path}`} ${told}`);
    this.name = "SchemaError";
  }
}
