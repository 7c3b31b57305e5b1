import { AvroError } from "./avro-bytes.ts";

/** A schema with its names resolved. A type that holds itself comes as a reference to it. */
export type AvroSchema =
  | {
      readonly kind: "null" | "boolean" | "int" | "long" | "float" | "double" | "bytes" | "string";
      /** `timestamp-micros`: what the values stand for. */
      readonly logical?: string;
    }
  | { readonly kind: "fixed"; readonly size: number }
  | { readonly kind: "enum"; readonly symbols: readonly string[] }
  | { readonly kind: "array"; readonly items: AvroSchema }
  | { readonly kind: "map"; readonly values: AvroSchema }
  | { readonly kind: "union"; readonly branches: readonly AvroSchema[] }
  | { readonly kind: "record"; readonly fields: readonly AvroField[] };

export interface AvroField {
  readonly name: string;
  readonly type: AvroSchema;
}

const primitives: ReadonlySet<string> = new Set([
  ...["null", "boolean", "int", "long", "float", "double", "bytes", "string"],
]);

/** Schemas nested deeper are refused: they are walked by recursion. */
const maxDepth = 100;

/** @throws AvroError */
export function parseAvroSchema(text: string): AvroSchema {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new AvroError("the schema is not JSON");
  }
  return new SchemaReader().read(parsed, "", 0);
}

class SchemaReader {
  readonly #named = new Map<string, AvroSchema>();

  read(schema: unknown, space: string, depth: number): AvroSchema {
    if (depth > maxDepth) throw new AvroError("the schema is nested too deeply");
    if (typeof schema === "string") return this.#byName(schema, space);
    if (Array.isArray(schema))
      return {
        kind: "union",
        branches: schema.map((branch: unknown) => this.read(branch, space, depth + 1)),
      };
    if (typeof schema !== "object" || schema === null)
      throw new AvroError("the schema has a type that is none");
    const { type, name, namespace, fields, items, values, symbols, size, logicalType } = schema as Record<
      string,
      unknown
    >;
    if (typeof type !== "string") return this.read(type, space, depth + 1);
    switch (type) {
      case "array":
        return { kind: "array", items: this.read(items, space, depth + 1) };
      case "map":
        return { kind: "map", values: this.read(values, space, depth + 1) };
      case "fixed":
        if (typeof size !== "number" || size < 0) throw new AvroError("a fixed type has no size");
        return this.#define({ kind: "fixed", size }, name, namespace, space);
      case "enum":
        if (!Array.isArray(symbols)) throw new AvroError("an enum has no symbols");
        return this.#define({ kind: "enum", symbols: symbols.map(String) }, name, namespace, space);
      case "record":
      case "error":
        return this.#record(fields, name, namespace, space, depth);
      default:
        if (typeof logicalType === "string" && primitives.has(type))
          return { kind: type as "long", logical: logicalType };
        return this.#byName(type, space);
    }
  }

  #record(fields: unknown, name: unknown, namespace: unknown, space: string, depth: number): AvroSchema {
    if (!Array.isArray(fields)) throw new AvroError("a record has no fields");
    const list: AvroField[] = [];
    // It is known by its name before its fields are, as they may name it.
    const record = this.#define({ kind: "record", fields: list }, name, namespace, space);
    const inner = spaceOf(fullName(String(name), namespace, space));
    for (const field of fields as unknown[]) {
      const { name: fieldName, type } = field as { readonly name?: unknown; readonly type?: unknown };
      if (typeof fieldName !== "string") throw new AvroError("a field has no name");
      list.push({ name: fieldName, type: this.read(type, inner, depth + 1) });
    }
    return record;
  }

  #define(schema: AvroSchema, name: unknown, namespace: unknown, space: string): AvroSchema {
    if (typeof name !== "string") throw new AvroError("a named type has no name");
    this.#named.set(fullName(name, namespace, space), schema);
    return schema;
  }

  #byName(name: string, space: string): AvroSchema {
    if (primitives.has(name)) return { kind: name as "null" };
    const found = this.#named.get(fullName(name, undefined, space)) ?? this.#named.get(name);
    if (found === undefined) throw new AvroError(`the schema has no type ${name}`);
    return found;
  }
}

function fullName(name: string, namespace: unknown, space: string): string {
  if (name.includes(".")) return name;
  const own = typeof namespace === "string" ? namespace : space;
  return own === "" ? name : `${own}.${name}`;
}

function spaceOf(name: string): string {
  return name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : "";
}
