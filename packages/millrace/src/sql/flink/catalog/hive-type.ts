import type { FlinkType } from "../types.ts";
import { maxLength } from "../types.ts";

/** A type in the words of Hive, as data catalogs have them. */
export function hiveType(type: FlinkType): string {
  switch (type.kind) {
    case "varchar":
      return type.length > maxHiveLength ? "string" : `varchar(${type.length})`;
    case "char":
      return type.length > maxHiveChar ? "string" : `char(${type.length})`;
    case "binary":
    case "varbinary":
      return "binary";
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "timestamp":
    case "timestamp_ltz":
      return "timestamp";
    case "time":
    case "null":
      return "string";
    case "interval_months":
    case "interval_millis":
      return "bigint";
    case "array":
      return `array<${hiveType(type.element)}>`;
    case "multiset":
      return `map<${hiveType(type.element)},int>`;
    case "map":
      return `map<${hiveType(type.key)},${hiveType(type.value)}>`;
    case "row":
      return `struct<${type.fields.map((field) => `${field.name}:${hiveType(field.type)}`).join(",")}>`;
    default:
      return type.kind;
  }
}

const maxHiveLength = 65_535;
const maxHiveChar = 255;
/** Types inside of types. */
const maxHiveDepth = 32;

const simple: Readonly<Record<string, FlinkType>> = Object.freeze({
  boolean: { kind: "boolean", nullable: true },
  tinyint: { kind: "tinyint", nullable: true },
  byte: { kind: "tinyint", nullable: true },
  smallint: { kind: "smallint", nullable: true },
  short: { kind: "smallint", nullable: true },
  int: { kind: "int", nullable: true },
  integer: { kind: "int", nullable: true },
  bigint: { kind: "bigint", nullable: true },
  long: { kind: "bigint", nullable: true },
  float: { kind: "float", nullable: true },
  double: { kind: "double", nullable: true },
  string: { kind: "varchar", length: maxLength, nullable: true },
  binary: { kind: "varbinary", length: maxLength, nullable: true },
  date: { kind: "date", nullable: true },
  timestamp: { kind: "timestamp", precision: 3, nullable: true },
  decimal: { kind: "decimal", precision: 10, scale: 0, nullable: true },
});

/** A type of Hive; undefined for a text that is none, or one that Flink has no type for. */
export function fromHiveType(text: string): FlinkType | undefined {
  const reader = new HiveTypeReader(text.trim());
  const type = reader.type(0);
  return reader.isAtEnd() ? type : undefined;
}

class HiveTypeReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  type(depth: number): FlinkType | undefined {
    if (depth > maxHiveDepth) return undefined;
    const name = this.#match(/[a-zA-Z_]+/y).toLowerCase();
    switch (name) {
      case "array":
        return this.#array(depth);
      case "map":
        return this.#map(depth);
      case "struct":
        return this.#struct(depth);
      case "decimal":
      case "char":
      case "varchar":
        return this.#sized(name);
      default:
        return Object.hasOwn(simple, name) ? simple[name] : undefined;
    }
  }

  #sized(name: "decimal" | "char" | "varchar"): FlinkType | undefined {
    const sizes = this.#match(/\(\s*\d{1,10}\s*(,\s*\d{1,3}\s*)?\)/y);
    const [first, second] = sizes.replaceAll(/[()\s]/g, "").split(",");
    if (name !== "decimal") {
      const length = first === "" ? 1 : Number(first);
      return length < 1 || length > maxLength ? undefined : { kind: name, length, nullable: true };
    }
    if (sizes === "") return simple["decimal"];
    const [precision, scale] = [Number(first), Number(second ?? 0)];
    const isRight = precision >= 1 && precision <= 38 && scale <= precision;
    return isRight ? { kind: "decimal", precision, scale, nullable: true } : undefined;
  }

  #array(depth: number): FlinkType | undefined {
    if (!this.#take("<")) return undefined;
    const element = this.type(depth + 1);
    return element === undefined || !this.#take(">") ? undefined : { kind: "array", element, nullable: true };
  }

  #map(depth: number): FlinkType | undefined {
    if (!this.#take("<")) return undefined;
    const key = this.type(depth + 1);
    const isPair = this.#take(",");
    const value = this.type(depth + 1);
    if (key === undefined || value === undefined || !isPair || !this.#take(">")) return undefined;
    return { kind: "map", key, value, nullable: true };
  }

  #struct(depth: number): FlinkType | undefined {
    if (!this.#take("<")) return undefined;
    const fields: { name: string; type: FlinkType }[] = [];
    do {
      const name = this.#match(/[^:<>,]+/y).trim();
      const type = this.#take(":") ? this.type(depth + 1) : undefined;
      if (name === "" || type === undefined) return undefined;
      fields.push({ name, type });
    } while (this.#take(","));
    return this.#take(">") ? { kind: "row", fields, nullable: true } : undefined;
  }

  #match(form: RegExp): string {
    form.lastIndex = this.#at;
    const found = form.exec(this.#text)?.[0] ?? "";
    this.#at += found.length;
    this.#skipBlanks();
    return found;
  }

  /** Blanks between the parts. */
  #skipBlanks(): void {
    while (this.#text[this.#at] === " ") this.#at += 1;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    this.#skipBlanks();
    return true;
  }
}
