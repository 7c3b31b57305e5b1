/** A type of Avro with its names found. */
export type AvroType =
  | { readonly kind: AvroPrimitive; readonly logical: string | undefined; readonly scale: number }
  | {
      readonly kind: "record";
      readonly fields: readonly { readonly name: string; readonly type: AvroType }[];
    }
  | { readonly kind: "enum"; readonly symbols: readonly string[] }
  | {
      readonly kind: "fixed";
      readonly size: number;
      readonly logical: string | undefined;
      readonly scale: number;
    }
  | { readonly kind: "array" | "map"; readonly items: AvroType }
  | { readonly kind: "union"; readonly branches: readonly AvroType[] };

const primitives = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"] as const;
export type AvroPrimitive = (typeof primitives)[number];

type Json = Readonly<Record<string, unknown>>;

/** Reads a schema as JSON. Types that name themselves are the same object wherever their name stands. */
export function avroType(
  schema: unknown,
  known: Map<string, AvroType> = new Map(),
  namespace = "",
): AvroType {
  if (typeof schema === "string") return named(schema, known, namespace);
  if (Array.isArray(schema))
    return { kind: "union", branches: schema.map((branch) => avroType(branch, known, namespace)) };
  if (typeof schema !== "object" || schema === null) throw new TypeError("no type of Avro");
  const json = schema as Json;
  const { type } = json;
  if (type === "record" || type === "error") return recordType(json, known, namespace);
  if (type === "enum")
    return keep(json, known, namespace, { kind: "enum", symbols: list(json["symbols"]).map(String) });
  if (type === "fixed") {
    const fixed = { kind: "fixed", size: Number(json["size"]), ...logicalOf(json) } as const;
    return keep(json, known, namespace, fixed);
  }
  if (type === "array") return { kind: "array", items: avroType(json["items"], known, namespace) };
  if (type === "map") return { kind: "map", items: avroType(json["values"], known, namespace) };
  const inner = avroType(type, known, namespace);
  return isPrimitive(inner.kind) ? { kind: inner.kind, ...logicalOf(json) } : inner;
}

function recordType(json: Json, known: Map<string, AvroType>, namespace: string): AvroType {
  const fields: { readonly name: string; readonly type: AvroType }[] = [];
  const record = keep(json, known, namespace, { kind: "record", fields });
  const own = fullName(json, namespace).replace(/\.?[^.]*$/, "");
  for (const field of list(json["fields"]) as readonly Json[])
    fields.push({ name: String(field["name"]), type: avroType(field["type"], known, own) });
  return record;
}

function keep(json: Json, known: Map<string, AvroType>, namespace: string, type: AvroType): AvroType {
  known.set(fullName(json, namespace), type);
  return type;
}

function fullName(json: Json, namespace: string): string {
  const name = String(json["name"]);
  const space = typeof json["namespace"] === "string" ? json["namespace"] : namespace;
  return name.includes(".") || space === "" ? name : `${space}.${name}`;
}

function named(name: string, known: Map<string, AvroType>, namespace: string): AvroType {
  if (isPrimitive(name)) return { kind: name, logical: undefined, scale: 0 };
  const found = known.get(name) ?? known.get(`${namespace}.${name}`);
  if (found === undefined) throw new TypeError(`the type ${name} is not defined`);
  return found;
}

function logicalOf(json: Json): { readonly logical: string | undefined; readonly scale: number } {
  const { logicalType, scale } = json;
  return {
    logical: typeof logicalType === "string" ? logicalType : undefined,
    scale: typeof scale === "number" ? scale : 0,
  };
}

function isPrimitive(name: string): name is AvroPrimitive {
  return primitives.some((primitive) => primitive === name);
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError("a list is missing in the schema");
  return value;
}
