import type { TableDefinition } from "../../../sql/flink/relation.ts";
import { SqlError } from "../../../sql/sql-error.ts";

/** The options of a table's format: those with its prefix, such as `json.`. Each one has to be asked for. */
export class FormatOptions {
  readonly #table: TableDefinition;
  readonly #prefix: string;
  readonly #asked = new Set<string>();

  constructor(table: TableDefinition, format: string) {
    this.#table = table;
    this.#prefix = `${format}.`;
  }

  optional(name: string): string | undefined {
    this.#asked.add(this.#prefix + name);
    return this.#table.options[this.#prefix + name];
  }

  text(name: string, otherwise: string): string {
    return this.optional(name) ?? otherwise;
  }

  boolean(name: string, otherwise: boolean): boolean {
    const text = this.optional(name)?.trim().toLowerCase();
    if (text === undefined) return otherwise;
    if (text !== "true" && text !== "false") this.fail(name, "is true or false");
    return text === "true";
  }

  oneOf<T extends string>(name: string, values: readonly T[], otherwise: T): T {
    const text = this.optional(name);
    if (text === undefined) return otherwise;
    const value = values.find((each) => each.toLowerCase() === text.trim().toLowerCase());
    return value ?? this.fail(name, `is one of ${values.join(", ")}`);
  }

  fail(name: string, what: string): never {
    const written = this.#table.options[this.#prefix + name];
    throw new SqlError("22023", `option '${this.#prefix}${name}' ${what}, not '${written ?? ""}'`);
  }

  /** @throws SqlError for an option that nobody has asked for */
  end(): void {
    for (const key of Object.keys(this.#table.options)) {
      if (key.startsWith(this.#prefix) && !this.#asked.has(key)) {
        throw new SqlError("22023", `table ${this.#table.path[2]}: there is no option '${key}'`);
      }
    }
  }
}
