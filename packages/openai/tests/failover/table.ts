/** Which scenario passed in which column. */
export class Table {
  readonly rows: readonly string[];
  readonly #columns: readonly string[];
  readonly #begun = new Map<string, number>();
  readonly #passed = new Map<string, number>();

  constructor(rows: readonly string[], columns: readonly string[]) {
    this.rows = rows;
    this.#columns = columns;
  }

  begin(row: string, column: string): { passed(): void } {
    const cell = cellOf(row, column);
    this.#begun.set(cell, (this.#begun.get(cell) ?? 0) + 1);
    return { passed: () => void this.#passed.set(cell, (this.#passed.get(cell) ?? 0) + 1) };
  }

  toString(): string {
    const widest = Math.max(...this.rows.map((row) => row.length));
    const lines = this.rows.map(
      (row) => `${row.padEnd(widest)}  ${this.#columns.map((column) => this.#mark(row, column)).join("  ")}`,
    );
    const legend = this.#columns.map((column, index) => `${letter(index)}: ${column}`);
    const head = `${"".padEnd(widest)}  ${this.#columns.map((_, index) => letter(index)).join("  ")}`;
    const whole = this.rows.filter((row) => this.#columns.every((column) => this.#mark(row, column) === "✓"));
    return [...legend, "", head, ...lines, "", `${whole.length} of ${this.rows.length}`].join("\n");
  }

  #mark(row: string, column: string): string {
    const cell = cellOf(row, column);
    const begun = this.#begun.get(cell);
    if (begun === undefined) return "·";
    return this.#passed.get(cell) === begun ? "✓" : "✗";
  }
}

function letter(index: number): string {
  return String.fromCharCode("a".charCodeAt(0) + index);
}

function cellOf(row: string, column: string): string {
  return `${row}|${column}`;
}
