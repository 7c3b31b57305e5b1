/** JSON as it is written: numbers keep their text, objects the order of their names. */
export type JsonNode =
  | null
  | boolean
  | string
  | JsonNumber
  | readonly JsonNode[]
  | ReadonlyMap<string, JsonNode>;

export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A text that is no JSON. */
export class MalformedJson extends Error {
  override readonly name = "MalformedJson";
}

const maxDepth = 1000;

/** @throws MalformedJson */
export function parseJson(text: string): JsonNode {
  const parser = new JsonParser(text);
  const node = parser.value(0);
  parser.end();
  return node;
}

const numberForm = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** A string without anything that needs a second look. */
const plainString = /"[ !#-[\]-\uffff]*"/y;
const escapedString = /"(?:[ !#-[\]-\uffff]|\\.)*"/y;

class JsonParser {
  readonly #text: string;
  readonly #number = new RegExp(numberForm);
  readonly #plain = new RegExp(plainString);
  readonly #escaped = new RegExp(escapedString);
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  end(): void {
    this.#skip();
    if (this.#at < this.#text.length) throw this.#malformed();
  }

  value(depth: number): JsonNode {
    if (depth > maxDepth) throw new MalformedJson(`JSON is nested more than ${maxDepth} times`);
    this.#skip();
    switch (this.#text.charCodeAt(this.#at)) {
      case 0x7b:
        return this.#object(depth);
      case 0x5b:
        return this.#array(depth);
      case 0x22:
        return this.#string();
      case 0x74:
        return this.#word("true", true);
      case 0x66:
        return this.#word("false", false);
      case 0x6e:
        return this.#word("null", null);
      default:
        return new JsonNumber(this.#match(this.#number));
    }
  }

  #object(depth: number): JsonNode {
    const members = new Map<string, JsonNode>();
    this.#at += 1;
    if (this.#take("}")) return members;
    do {
      this.#skip();
      const name = this.#string();
      if (!this.#take(":")) throw this.#malformed();
      members.set(name, this.value(depth + 1));
    } while (this.#take(","));
    if (!this.#take("}")) throw this.#malformed();
    return members;
  }

  #array(depth: number): JsonNode {
    const elements: JsonNode[] = [];
    this.#at += 1;
    if (this.#take("]")) return elements;
    do elements.push(this.value(depth + 1));
    while (this.#take(","));
    if (!this.#take("]")) throw this.#malformed();
    return elements;
  }

  #string(): string {
    this.#plain.lastIndex = this.#at;
    const plain = this.#plain.exec(this.#text);
    if (plain !== null) {
      this.#at += plain[0].length;
      return plain[0].slice(1, -1);
    }
    const escaped = this.#match(this.#escaped);
    try {
      return JSON.parse(escaped) as string;
    } catch {
      // An escape that JSON does not have.
      throw this.#malformed();
    }
  }

  #word<T>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) throw this.#malformed();
    this.#at += word.length;
    return value;
  }

  #match(form: RegExp): string {
    form.lastIndex = this.#at;
    const match = form.exec(this.#text);
    if (match === null) throw this.#malformed();
    this.#at += match[0].length;
    return match[0];
  }

  #take(character: string): boolean {
    this.#skip();
    if (this.#text.charAt(this.#at) !== character) return false;
    this.#at += 1;
    return true;
  }

  #skip(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }

  #malformed(): MalformedJson {
    return new MalformedJson(`Malformed JSON at character ${this.#at}`);
  }
}

export function isJsonObject(node: JsonNode): node is ReadonlyMap<string, JsonNode> {
  return node instanceof Map;
}

export function isJsonArray(node: JsonNode): node is readonly JsonNode[] {
  return Array.isArray(node);
}

export function isScalar(node: JsonNode): boolean {
  return !isJsonObject(node) && !isJsonArray(node);
}

/** JSON without white space, the names of objects in order, as Flink's functions write it. */
export function writeJson(node: JsonNode): string {
  if (isJsonArray(node)) return `[${node.map(writeJson).join(",")}]`;
  if (isJsonObject(node)) {
    const names = [...node.keys()].sort(byUnits);
    return `{${names.map((name) => `${JSON.stringify(name)}:${writeJson(node.get(name) ?? null)}`).join(",")}}`;
  }
  if (node instanceof JsonNumber) return numberText(node.text);
  return JSON.stringify(node);
}

/** The order of UTF-16 units, as Java's strings have it. */
export function byUnits(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A number as Java's BigDecimal, or BigInteger, writes it: 1e5 is 1E+5, 1.50 stays 1.50. */
export function numberText(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) return text;
  const [, sign = "", whole = "0", fraction = "", exponent] = match;
  if (exponent === undefined && fraction === "") return whole === "0" ? "0" : text;
  return sign + decimalText(whole + fraction, fraction.length - Number(exponent ?? "0"));
}

/** Digits with a scale as BigDecimal's toString writes them. */
export function decimalText(allDigits: string, scale: number): string {
  const digits = allDigits.replace(/^0+(?=\d)/, "");
  const adjusted = digits.length - 1 - scale;
  if (scale >= 0 && adjusted >= -6) {
    if (scale === 0) return digits;
    const padded = digits.padStart(scale + 1, "0");
    return `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  }
  const mantissa = digits.length > 1 ? `${digits.charAt(0)}.${digits.slice(1)}` : digits;
  return `${mantissa}E${adjusted < 0 ? "-" : "+"}${Math.abs(adjusted)}`;
}
