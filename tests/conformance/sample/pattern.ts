import { compilePattern } from "../../../packages/millrace/src/gateway/shape/pattern.ts";
import type { SeededRandom } from "./random.ts";

const attempts = 400;
const wordCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** Texts that satisfy the patterns of ARNs, names and addresses, whose generated samples often miss a look-ahead. */
const usual = [
  "sample-name",
  "Sample_Name1",
  "123456789012",
  "arn:aws:iam::123456789012:role/sample",
  "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012",
  "arn:aws:s3:::sample-bucket",
  "arn:aws:glue:us-east-1:123456789012:table/sample/sample",
  "12345678-1234-1234-1234-123456789012",
  "https://example.com/sample",
  "s3://sample-bucket/sample",
  "us-east-1",
  "alias/sample",
  "$.sample.row",
  "0".repeat(112),
];

/** A text that matches a model's pattern and has a length within the limits; undefined when none is found. */
export function patternSample(
  random: SeededRandom,
  pattern: string,
  limits: { readonly min?: number | undefined; readonly max?: number | undefined },
): string | undefined {
  const regex = compilePattern(pattern);
  const min = limits.min ?? 0;
  const max = limits.max ?? 200;
  const fits = (text: string): boolean => text.length >= min && text.length <= max && regex.test(text);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const text = new PatternWriter(pattern, random, attempt % 2 === 0 ? 2 : min).write();
    if (fits(text)) return text;
  }
  return usual.find(fits);
}

/** Walks a regular expression and writes one of the texts that it accepts, look-arounds left out. */
class PatternWriter {
  readonly #source: string;
  readonly #random: SeededRandom;
  /** How often a quantifier without an upper end repeats at least. */
  readonly #wanted: number;
  #position = 0;

  constructor(source: string, random: SeededRandom, wanted: number) {
    this.#source = source;
    this.#random = random;
    this.#wanted = wanted;
  }

  write(): string {
    return this.#alternatives();
  }

  #alternatives(): string {
    const texts = [this.#sequence()];
    while (this.#source[this.#position] === "|") {
      this.#position++;
      texts.push(this.#sequence());
    }
    return this.#random.pick(texts);
  }

  #sequence(): string {
    let text = "";
    while (this.#position < this.#source.length && !"|)".includes(this.#source.charAt(this.#position))) {
      const start = this.#position;
      const first = this.#atom();
      const end = this.#position;
      const count = this.#quantifier();
      const after = this.#position;
      if (count > 0) text += first;
      for (let repeat = 1; repeat < count; repeat++) {
        this.#position = start;
        text += this.#atom();
      }
      this.#position = Math.max(end, after);
    }
    return text;
  }

  #atom(): string {
    const character = this.#source.charAt(this.#position++);
    if (character === "(") return this.#group();
    if (character === "[") return this.#random.pick([...this.#characterClass()]);
    if (character === "\\") return this.#random.pick([...this.#escape()]);
    if (character === "^" || character === "$") return "";
    return character === "." ? this.#random.pick([...wordCharacters]) : character;
  }

  #group(): string {
    const kind = /^\?(?::|<?[=!]|<[^>]+>)/.exec(this.#source.slice(this.#position))?.[0] ?? "";
    this.#position += kind.length;
    const text = this.#alternatives();
    this.#position++;
    return /[=!]/.test(kind) ? "" : text;
  }

  #escape(): string {
    const character = this.#source.charAt(this.#position++);
    if (character === "w" || character === "S") return wordCharacters;
    if (character === "d") return "0123456789";
    if (character === "s") return " ";
    if (character === "p") {
      const name = /^\{[^}]*\}/.exec(this.#source.slice(this.#position))?.[0] ?? "";
      this.#position += name.length;
      return name === "{N}" ? "0123456789" : wordCharacters;
    }
    if (character === "u" || character === "x") {
      const digits = this.#source.slice(this.#position, this.#position + (character === "u" ? 4 : 2));
      this.#position += digits.length;
      const code = Number.parseInt(digits, 16);
      // Half a character is no text.
      return code >= 0xd800 && code <= 0xdfff ? "" : String.fromCharCode(code);
    }
    if ("bBAzZQE".includes(character)) return "";
    return { n: "\n", r: "\r", t: "\t" }[character] ?? character;
  }

  #characterClass(): string {
    let characters = "";
    const negated = this.#source[this.#position] === "^";
    if (negated) this.#position++;
    while (this.#source[this.#position] !== "]" && this.#position < this.#source.length) {
      const first = this.#classItem();
      const isRange = this.#source[this.#position] === "-" && this.#source[this.#position + 1] !== "]";
      if (!isRange || first.length !== 1) characters += first;
      else {
        this.#position++;
        characters += range(first, this.#classItem());
      }
    }
    this.#position++;
    if (!negated) return characters || "a";
    return [...wordCharacters].filter((character) => !characters.includes(character)).join("") || "a";
  }

  #classItem(): string {
    const character = this.#source.charAt(this.#position++);
    return character === "\\" ? this.#escape() : character;
  }

  #quantifier(): number {
    const match = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})[?+]?/.exec(this.#source.slice(this.#position));
    if (match === null) return 1;
    this.#position += match[0].length;
    if (match[1] === "?") return this.#random.integer(0, 1);
    const min = match[1] === "+" ? 1 : Number(match[2] ?? 0);
    if (match[2] !== undefined && match[3] === "") return min;
    const max = match[4] ? Number(match[4]) : Number.POSITIVE_INFINITY;
    const low = Math.min(Math.max(min, this.#wanted), max, 300);
    return this.#random.integer(low, Math.min(max, low + 3));
  }
}

/** The printable characters of a range, at most a hundred. */
function range(first: string, last: string): string {
  const from = Math.max(first.charCodeAt(0), 0x20);
  const to = Math.min(last.charCodeAt(0), from + 100);
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) =>
    String.fromCharCode(from + index),
  ).join("");
}
