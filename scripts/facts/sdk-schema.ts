import type {
  OperationFacts,
  ShapeFacts,
  TargetFacts,
  TraitFacts,
} from "../../packages/millrace/src/gateway/model/model-file.ts";

/*
 * The schemas that @aws-sdk clients export (documented in @smithy/types, schema/static-schemas.ts):
 *
 *   Operation => [9, namespace, name, traits, input, output]
 *   Structure => [3 | 4 (union) | -3 (error), namespace, name, traits, memberNames, members, requiredCount]
 *   List      => [1, namespace, name, traits, element]
 *   Map       => [2, namespace, name, traits, key, value]
 *   Alias     => [0, namespace, name, traits, simple]
 *   Ref       => Schema | simple | () => Schema | [Ref, traits, ...]
 *   simple    => 0..42, + 64 for a list of it, + 128 for a map of it; "unit" for no value
 *   traits    => bits (httpLabel 1, idempotent 2, idempotencyToken 4, sensitive 8, httpPayload 16,
 *                httpResponseCode 32, httpQueryParams 64) or an object
 */
type Tuple = readonly unknown[];

const simpleTypes: Readonly<Record<number, string>> = {
  0: "string",
  1: "number",
  2: "boolean",
  4: "timestamp",
  5: "date-time",
  6: "http-date",
  7: "epoch-seconds",
  15: "document",
  17: "bigInteger",
  19: "bigDecimal",
  21: "blob",
  42: "streaming-blob",
};

const traitBits: readonly (readonly [number, string])[] = [
  [1, "httpLabel"],
  [2, "idempotent"],
  [4, "idempotencyToken"],
  [8, "sensitive"],
  [16, "httpPayload"],
  [32, "httpResponseCode"],
  [64, "httpQueryParams"],
];

/** What one pass over a client's schemas collects. */
export class SchemaReader {
  readonly operations: Record<string, OperationFacts> = {};
  readonly shapes: Record<string, ShapeFacts> = {};
  /** Shape name -> the schema it was read from, to notice two schemas of one name. */
  readonly #sources = new Map<string, Tuple>();

  operation(schema: Tuple): void {
    const [, , name, rawTraits, input, output] = schema;
    const traits = { ...traitsOf(rawTraits) } as Record<string, unknown>;
    const http = traits["http"];
    const endpoint = traits["endpoint"];
    this.operations[String(name)] = {
      ...this.#operationShape("input", input),
      ...this.#operationShape("output", output),
      ...(http === undefined ? {} : { http: http as [string, string, number] }),
      ...(traits["idempotent"] === undefined ? {} : { idempotent: 1 as const }),
      ...(Array.isArray(endpoint) ? { hostPrefix: String(endpoint[0]) } : {}),
    };
  }

  #operationShape(side: "input" | "output", ref: unknown): { input?: string; output?: string } {
    const target = this.target(ref);
    if (target === "unit") return {};
    return { [side]: typeof target === "string" ? target : target[0] };
  }

  /** Reads a structure that no operation refers to, such as an error. */
  target(ref: unknown): TargetFacts {
    const resolved = typeof ref === "function" ? (ref as () => unknown)() : ref;
    if (resolved === "unit") return "unit";
    if (typeof resolved === "number") return simpleName(resolved);
    if (!Array.isArray(resolved)) throw new Error(`unknown schema: ${String(resolved)}`);
    if (!isNamed(resolved)) return withTraits(this.target(resolved[0]), traitsOf(resolved[1]));
    if (resolved[0] === 0) return withTraits(this.target(resolved[4]), traitsOf(resolved[3]));
    this.#shape(resolved);
    return String(resolved[2]);
  }

  #shape(schema: Tuple): void {
    const [kind, , rawName, rawTraits] = schema;
    const name = String(rawName);
    const known = this.#sources.get(name);
    if (known === schema) return;
    this.#sources.set(name, schema);
    const traits = traitsOf(rawTraits);
    const suffix = Object.keys(traits).length === 0 ? {} : { traits };
    const shape = { ...this.#body(kind, schema), ...suffix };
    // Lists and maps may be written out at each place of use; they must then say the same.
    const before = this.shapes[name];
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(shape)) {
      throw new Error(`two different schemas are called ${name}`);
    }
    this.shapes[name] = shape;
  }

  #body(kind: unknown, schema: Tuple): ShapeFacts {
    if (kind === 1) return { list: this.target(schema[4]) };
    if (kind === 2) return { key: this.target(schema[4]), value: this.target(schema[5]) };
    return this.#structure(schema);
  }

  #structure(schema: Tuple): ShapeFacts {
    const names = schema[4] as readonly string[];
    const refs = schema[5] as readonly unknown[];
    const required = typeof schema[6] === "number" ? schema[6] : 0;
    const members = Object.fromEntries(names.map((name, index) => [name, this.target(refs[index])]));
    return {
      members,
      ...(required === 0 ? {} : { required }),
      ...(schema[0] === 4 ? { union: 1 as const } : {}),
    };
  }
}

/** A named schema starts with its kind, namespace and name; a reference with traits does not. */
function isNamed(schema: Tuple): boolean {
  return typeof schema[0] === "number" && typeof schema[1] === "string" && typeof schema[2] === "string";
}

function simpleName(code: number): string {
  const prefix = code >= 128 ? "map:" : code >= 64 ? "list:" : "";
  const name = simpleTypes[code & 63];
  if (name === undefined) throw new Error(`unknown simple schema ${code}`);
  return prefix + name;
}

function withTraits(target: TargetFacts, traits: TraitFacts): TargetFacts {
  const [name, inner] = typeof target === "string" ? [target, {}] : target;
  const merged = { ...inner, ...traits };
  return Object.keys(merged).length === 0 ? name : [name, merged];
}

function traitsOf(raw: unknown): TraitFacts {
  if (typeof raw === "number") {
    return Object.fromEntries(traitBits.filter(([bit]) => (raw & bit) !== 0).map(([, name]) => [name, 1]));
  }
  if (typeof raw !== "object" || raw === null) return {};
  // Whether a client adds a checksum is its own affair; a server verifies what it is given.
  return Object.fromEntries(Object.entries(raw).filter(([name]) => name !== "httpChecksum"));
}
