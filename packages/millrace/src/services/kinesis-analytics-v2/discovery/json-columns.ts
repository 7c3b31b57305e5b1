import type { RecordColumn } from "@aws-sdk/client-kinesis-analytics-v2";
import { columnName, kindOfNumber, kindOfText, kinds, sqlTypeOf } from "./sql-type.ts";

interface Column {
  readonly name: string;
  readonly path: readonly string[];
  kinds: number;
  maxChars: number;
}

const maxColumns = 1_000;
const maxDepth = 16;

/** The columns that objects of JSON have: one for each value, however deep in objects. Arrays are texts. */
export class JsonColumns {
  readonly #columns = new Map<string, Column>();
  readonly #names = new Set<string>();

  get names(): readonly string[] {
    return [...this.#names];
  }

  add(document: Readonly<Record<string, unknown>>): void {
    this.#walk(document, []);
  }

  described(): RecordColumn[] {
    return [...this.#columns.values()].map(({ name, path, kinds: seen, maxChars }) => ({
      Name: name,
      Mapping: `$.${path.map(step).join(".")}`,
      SqlType: sqlTypeOf(seen, maxChars),
    }));
  }

  row(document: Readonly<Record<string, unknown>>): string[] {
    return [...this.#columns.values()].map(({ path }) => {
      let value: unknown = document;
      for (const field of path)
        value = isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined;
      return value === undefined || value === null ? "null" : textOf(value);
    });
  }

  #walk(object: Readonly<Record<string, unknown>>, path: readonly string[]): void {
    for (const [field, value] of Object.entries(object)) {
      const at = [...path, field];
      if (isObject(value) && at.length < maxDepth) this.#walk(value, at);
      else this.#see(at, value);
    }
  }

  #see(path: readonly string[], value: unknown): void {
    const key = JSON.stringify(path);
    let column = this.#columns.get(key);
    if (column === undefined) {
      if (this.#columns.size >= maxColumns) return;
      const name = columnName(path.at(-1) ?? "", this.#names);
      this.#names.add(name);
      column = { name, path, kinds: 0, maxChars: 0 };
      this.#columns.set(key, column);
    }
    if (value === null) return;
    column.kinds |= kindOf(value);
    column.maxChars = Math.max(column.maxChars, textOf(value).length);
  }
}

function kindOf(value: unknown): number {
  if (typeof value === "boolean") return kinds.boolean;
  if (typeof value === "number") return kindOfNumber(value);
  return typeof value === "string" ? kindOfText(value) : kinds.text;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** A field in a path; what is not a plain name is quoted. */
const step = (field: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(field) ? field : JSON.stringify(field);
