import {
  defaultDecimal,
  type HiveType,
  maxDecimalPrecision,
  type PrimitiveName,
  type StructField,
} from "./hive-type.ts";

/** Types nested deeper are refused: no reader of Hive goes near it, and the parser recurses. */
const maxDepth = 100;

const primitives: ReadonlyMap<string, PrimitiveName> = new Map<string, PrimitiveName>([
  ["boolean", "boolean"],
  ["tinyint", "tinyint"],
  ["byte", "tinyint"],
  ["smallint", "smallint"],
  ["short", "smallint"],
  ["int", "int"],
  ["integer", "int"],
  ["bigint", "bigint"],
  ["long", "bigint"],
  ["float", "float"],
  ["double", "double"],
  ["string", "string"],
  ["binary", "binary"],
  ["date", "date"],
  ["timestamp", "timestamp"],
  ["interval_year_month", "interval_year_month"],
  ["interval_day_time", "interval_day_time"],
  ["void", "void"],
]);

/**
 * Reads the catalog's type text; undefined if it is none. Words of types may be in any case, names of fields
 * keep theirs, and spaces may stand around punctuation.
 */
export function parseHiveType(text: string): HiveType | undefined {
  const parser = new Parser(text);
  const type = parser.type(0);
  return type !== undefined && parser.atEnd() ? type : undefined;
}

/**
 * type   := word | 'decimal' [ '(' n [ ',' n ] ')' ] | ('char' | 'varchar') '(' n ')'
 *         | 'array' '<' type '>' | 'map' '<' type ',' type '>'
 *         | 'struct' '<' [ field { ',' field } ] '>' | 'uniontype' '<' type { ',' type } '>'
 * field  := name ':' type [ 'comment' text ]
 */
class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    this.#space();
    return this.#at === this.#text.length;
  }

  type(depth: number): HiveType | undefined {
    if (depth > maxDepth) return undefined;
    const word = this.#match(/[A-Za-z_]+/y)?.toLowerCase();
    switch (word) {
      case undefined:
        return undefined;
      case "decimal":
      case "numeric":
        return this.#decimal();
      case "char":
      case "varchar":
        return this.#sized(word);
      case "array": {
        const [element, ...rest] = this.#types(depth) ?? [];
        return element === undefined || rest.length > 0 ? undefined : { kind: "array", element };
      }
      case "map": {
        const [key, value, ...rest] = this.#types(depth) ?? [];
        if (key === undefined || value === undefined || rest.length > 0) return undefined;
        return { kind: "map", key, value };
      }
      case "uniontype": {
        const options = this.#types(depth);
        return options === undefined ? undefined : { kind: "union", options };
      }
      case "struct": {
        const fields = this.#fields(depth);
        return fields === undefined ? undefined : { kind: "struct", fields };
      }
      default: {
        const name = primitives.get(word);
        return name === undefined ? undefined : { kind: "primitive", name };
      }
    }
  }

  #decimal(): HiveType | undefined {
    if (!this.#take("(")) return defaultDecimal;
    const precision = this.#number();
    const scale = this.#take(",") ? this.#number() : 0;
    if (precision === undefined || scale === undefined || !this.#take(")")) return undefined;
    if (precision < 1 || precision > maxDecimalPrecision || scale > precision) return undefined;
    return { kind: "decimal", precision, scale };
  }

  #sized(name: "char" | "varchar"): HiveType | undefined {
    if (!this.#take("(")) return undefined;
    const length = this.#number();
    if (length === undefined || length < 1 || !this.#take(")")) return undefined;
    return { kind: "text", name, length };
  }

  #types(depth: number): HiveType[] | undefined {
    if (!this.#take("<")) return undefined;
    const types: HiveType[] = [];
    do {
      const type = this.type(depth + 1);
      if (type === undefined) return undefined;
      types.push(type);
    } while (this.#take(","));
    return this.#take(">") ? types : undefined;
  }

  #fields(depth: number): StructField[] | undefined {
    if (!this.#take("<")) return undefined;
    const fields: StructField[] = [];
    if (this.#take(">")) return fields;
    do {
      const name = this.#match(/[^,:<>()]+/y)?.trim();
      if (name === undefined || name === "" || !this.#take(":")) return undefined;
      const type = this.type(depth + 1);
      if (type === undefined) return undefined;
      this.#match(/comment\s+(?:'[^']*'|"[^"]*")/iy);
      fields.push({ name: name.replace(/^`(.*)`$/, "$1"), type });
    } while (this.#take(","));
    return this.#take(">") ? fields : undefined;
  }

  #number(): number | undefined {
    const digits = this.#match(/\d{1,9}/y);
    return digits === undefined ? undefined : Number(digits);
  }

  #take(mark: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== mark) return false;
    this.#at += 1;
    return true;
  }

  #match(sticky: RegExp): string | undefined {
    this.#space();
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #space(): void {
    while (/\s/.test(this.#text[this.#at] ?? "")) this.#at += 1;
  }
}
