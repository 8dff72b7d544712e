/** A JSON schema of which no grammar can be made. Its message says where and why. */
export class SchemaError extends Error {
  constructor(path: string, told: string) {
    super(`${path === "" ? "the schema" : `the schema at ${path}`} ${told}`);
    this.name = "SchemaError";
  }
}

/** A schema that says what it cannot mean, and not only what no value is. */
export class BrokenSchema extends SchemaError {}
