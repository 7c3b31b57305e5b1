/** A number of JSON with its digits as written: an own class, so that none is rounded. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Members in their order, with repetitions. */
export class JsonObject {
  readonly entries: readonly (readonly [string, JsonValue])[];

  constructor(entries: readonly (readonly [string, JsonValue])[]) {
    this.entries = entries;
  }

  get(name: string): JsonValue | undefined {
    return this.entries.find(([key]) => key === name)?.[1];
  }
}

export type JsonValue = null | boolean | string | JsonNumber | JsonObject | readonly JsonValue[];

/** Levels of nesting that a text may have. */
const maxDepth = 1000;
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const blankPattern = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids these within strings.
const stringPattern = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JsonValue | undefined {
    const value = this.#value(0);
    this.#blanks();
    return this.#at === this.#text.length ? value : undefined;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match[0];
  }

  #blanks(): void {
    this.#take(blankPattern);
  }

  #is(character: string): boolean {
    this.#blanks();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #value(depth: number): JsonValue | undefined {
    if (depth > maxDepth) return undefined;
    if (this.#is("{")) return this.#object(depth);
    if (this.#is("[")) return this.#array(depth);
    if (this.#text[this.#at] === '"') return this.#string();
    for (const [word, value] of words) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    const number = this.#take(numberPattern);
    return number === undefined ? undefined : new JsonNumber(number);
  }

  #string(): string | undefined {
    const text = this.#take(stringPattern);
    return text === undefined
      ? undefined
      : text.includes("\\")
        ? (JSON.parse(text) as string)
        : text.slice(1, -1);
  }

  #array(depth: number): JsonValue | undefined {
    const items: JsonValue[] = [];
    if (this.#is("]")) return items;
    do {
      const item = this.#value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.#is(","));
    return this.#is("]") ? items : undefined;
  }

  #object(depth: number): JsonValue | undefined {
    const entries: [string, JsonValue][] = [];
    if (this.#is("}")) return new JsonObject(entries);
    do {
      this.#blanks();
      const key = this.#string();
      if (key === undefined || !this.#is(":")) return undefined;
      const value = this.#value(depth + 1);
      if (value === undefined) return undefined;
      entries.push([key, value]);
    } while (this.#is(","));
    return this.#is("}") ? new JsonObject(entries) : undefined;
  }
}

const words: readonly (readonly [string, null | boolean])[] = Object.freeze([
  ["null", null],
  ["true", true],
  ["false", false],
]);

/** The value of a JSON text, or undefined where it is none. */
export function parseJson(text: string): JsonValue | undefined {
  return new JsonReader(text).document();
}

/** JSON without blanks. */
export function jsonText(value: JsonValue): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof JsonNumber) return value.text;
  if (value instanceof JsonObject) {
    return `{${value.entries.map(([key, item]) => `${JSON.stringify(key)}:${jsonText(item)}`).join(",")}}`;
  }
  return `[${value.map(jsonText).join(",")}]`;
}

export function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
