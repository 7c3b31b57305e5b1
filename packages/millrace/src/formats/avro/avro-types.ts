import {
  type HiveType,
  maxDecimalPrecision,
  type PrimitiveName,
  primitive,
  printableFieldName,
  type StructField,
} from "../schema/hive-type.ts";

/** Types nested deeper are refused: they are walked by recursion. */
const maxDepth = 100;

/** Nodes of one schema after names are resolved; a schema can name one record many times over. */
const maxNodes = 100_000;

/** Types of Avro by the Avro SerDe of Hive. */
const plain: ReadonlyMap<string, PrimitiveName> = new Map<string, PrimitiveName>([
  ["null", "void"],
  ["boolean", "boolean"],
  ["int", "int"],
  ["long", "bigint"],
  ["float", "float"],
  ["double", "double"],
  ["bytes", "binary"],
  ["fixed", "binary"],
  ["string", "string"],
  ["enum", "string"],
]);

/** Logical types that Hive has a type for, with the types that they annotate. */
const logical: ReadonlyMap<string, PrimitiveName> = new Map<string, PrimitiveName>([
  ["date int", "date"],
  ["timestamp-millis long", "timestamp"],
  ["timestamp-micros long", "timestamp"],
  ["local-timestamp-millis long", "timestamp"],
  ["local-timestamp-micros long", "timestamp"],
]);

class SchemaProblem extends Error {}

/** The fields of a schema whose root is a record, or why it is none. A root of another type is one column. */
export function avroColumns(schema: string): readonly StructField[] | string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(schema);
  } catch {
    return "the schema is not JSON";
  }
  try {
    const type = new Resolver().type(parsed, "", 0);
    return type.kind === "struct" ? type.fields : [{ name: "value", type }];
  } catch (error) {
    if (error instanceof SchemaProblem) return error.message;
    throw error;
  }
}

class Resolver {
  readonly #named = new Map<string, unknown>();
  /** Names on the way down, for schemas that hold themselves. */
  readonly #open = new Set<string>();
  #nodes = 0;

  type(schema: unknown, namespace: string, depth: number): HiveType {
    this.#nodes += 1;
    if (depth > maxDepth) throw new SchemaProblem(`the schema nests deeper than ${maxDepth}`);
    if (this.#nodes > maxNodes) throw new SchemaProblem(`the schema has more than ${maxNodes} types`);
    if (typeof schema === "string") return this.#name(schema, namespace, depth);
    if (Array.isArray(schema)) return this.#union(schema, namespace, depth);
    if (typeof schema !== "object" || schema === null)
      throw new SchemaProblem("a type of the schema is none");
    return this.#complex(new Map(Object.entries(schema)), namespace, depth);
  }

  #name(name: string, namespace: string, depth: number): HiveType {
    const known = plain.get(name);
    if (known !== undefined && name !== "fixed" && name !== "enum") return primitive(known);
    const full = fullName(name, namespace);
    const definition = this.#named.get(full) ?? this.#named.get(name);
    if (definition === undefined) throw new SchemaProblem(`the schema does not define ${name}`);
    // Hive has no type that holds itself.
    if (this.#open.has(full)) return primitive("string");
    return this.type(definition, namespace, depth + 1);
  }

  /** A union with null is the other type, which may be missing; several others are a union of Hive. */
  #union(options: readonly unknown[], namespace: string, depth: number): HiveType {
    const types = options.filter((option) => option !== "null");
    const [only] = types;
    if (types.length === 0) return primitive("void");
    if (types.length === 1) return this.type(only, namespace, depth + 1);
    return { kind: "union", options: types.map((option) => this.type(option, namespace, depth + 1)) };
  }

  #complex(schema: ReadonlyMap<string, unknown>, namespace: string, depth: number): HiveType {
    const type = schema.get("type");
    switch (type) {
      case "record":
      case "error":
        return this.#record(schema, namespace, depth);
      case "array":
        return { kind: "array", element: this.type(schema.get("items"), namespace, depth + 1) };
      case "map": {
        const value = this.type(schema.get("values"), namespace, depth + 1);
        return { kind: "map", key: primitive("string"), value };
      }
      case "enum":
      case "fixed":
        this.#define(schema, namespace);
        return this.#annotated(schema, type);
      default:
        if (typeof type === "string" && plain.has(type)) return this.#annotated(schema, type);
        return this.type(type, namespace, depth + 1);
    }
  }

  #record(schema: ReadonlyMap<string, unknown>, namespace: string, depth: number): HiveType {
    const full = this.#define(schema, namespace);
    const inner = full.includes(".") ? full.slice(0, full.lastIndexOf(".")) : "";
    const fields = schema.get("fields");
    if (!Array.isArray(fields)) throw new SchemaProblem("a record of the schema has no fields");
    this.#open.add(full);
    const columns = fields.map((field: unknown): StructField => {
      const entry = new Map(Object.entries(typeof field === "object" && field !== null ? field : {}));
      const name = entry.get("name");
      if (typeof name !== "string") throw new SchemaProblem("a field of the schema has no name");
      return { name: printableFieldName(name), type: this.type(entry.get("type"), inner, depth + 1) };
    });
    this.#open.delete(full);
    return { kind: "struct", fields: columns };
  }

  #define(schema: ReadonlyMap<string, unknown>, namespace: string): string {
    const name = schema.get("name");
    if (typeof name !== "string") throw new SchemaProblem("a named type of the schema has no name");
    const own = schema.get("namespace");
    const full = fullName(name, typeof own === "string" ? own : namespace);
    this.#named.set(full, Object.fromEntries(schema));
    return full;
  }

  #annotated(schema: ReadonlyMap<string, unknown>, type: string): HiveType {
    const annotation = schema.get("logicalType");
    if (annotation === "decimal" && (type === "bytes" || type === "fixed")) {
      const [precision, scale] = [schema.get("precision"), schema.get("scale") ?? 0];
      if (typeof precision === "number" && typeof scale === "number") {
        const fits = precision >= 1 && precision <= maxDecimalPrecision && scale >= 0 && scale <= precision;
        if (fits) return { kind: "decimal", precision, scale };
      }
    }
    return primitive(logical.get(`${String(annotation)} ${type}`) ?? plain.get(type) ?? "string");
  }
}

function fullName(name: string, namespace: string): string {
  return name.includes(".") || namespace === "" ? name : `${namespace}.${name}`;
}
