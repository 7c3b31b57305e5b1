import { SqlError } from "../../../sql-error.ts";

/**
 * Patterns of dates as Java writes them. `modern`: java.time's DateTimeFormatter, for TIMESTAMPs; `legacy`:
 * SimpleDateFormat, for texts and Unix times. Flink uses the one here and the other there.
 */
export type PatternKind = "modern" | "legacy";

export type PatternItem =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "field"; readonly letter: string; readonly count: number }
  /** What stands in square brackets: may be missing when read. */
  | { readonly kind: "optional"; readonly items: readonly PatternItem[] };

export type PatternUse = "format" | "parse";

/** Fields that are there. A TIMESTAMP has no zone that could be written. */
const letters: Readonly<Record<PatternKind, Readonly<Record<PatternUse, string>>>> = Object.freeze({
  modern: { format: "yuMLdDEaHkKhmsSnQqG", parse: "yuMLdEaHkKhmsSnXxZzVG" },
  legacy: { format: "yMLdDEuaHkKhmsSGXZ", parse: "yMLdDEaHkKhmsSXZzG" },
});

/** Patterns longer than this are refused. */
const maxPatternLength = 1000;

/** @throws SqlError for a letter that is not there, and for what is no pattern */
export function parseDatePattern(
  pattern: string,
  kind: PatternKind,
  use: PatternUse,
): readonly PatternItem[] {
  if (pattern.length > maxPatternLength) {
    throw malformed(pattern, `is longer than ${maxPatternLength} characters`);
  }
  const parser = new PatternParser(pattern, kind, letters[kind][use]);
  const items = parser.items(false);
  if (!parser.isAtEnd()) throw malformed(pattern, "has ']' without '['");
  return items;
}

function malformed(pattern: string, why: string): SqlError {
  return new SqlError("22007", `The date pattern '${pattern.slice(0, 100)}' ${why}`);
}

class PatternParser {
  readonly #pattern: string;
  readonly #kind: PatternKind;
  readonly #letters: string;
  #at = 0;

  constructor(pattern: string, kind: PatternKind, known: string) {
    this.#pattern = pattern;
    this.#kind = kind;
    this.#letters = known;
  }

  isAtEnd(): boolean {
    return this.#at >= this.#pattern.length;
  }

  items(isInBrackets: boolean): readonly PatternItem[] {
    const items: PatternItem[] = [];
    let literal = "";
    const flush = (): void => {
      if (literal !== "") items.push({ kind: "literal", text: literal });
      literal = "";
    };
    while (!this.isAtEnd()) {
      const character = this.#pattern.charAt(this.#at);
      if (character === "]" && this.#kind === "modern") {
        flush();
        if (isInBrackets) this.#at += 1;
        return items;
      }
      if (character === "'") {
        literal += this.#quoted();
      } else if (character === "[" && this.#kind === "modern") {
        flush();
        this.#at += 1;
        items.push({ kind: "optional", items: this.items(true) });
      } else if (/[A-Za-z]/.test(character)) {
        flush();
        items.push(this.#field(character));
      } else {
        literal += character;
        this.#at += 1;
      }
    }
    flush();
    return items;
  }

  #field(letter: string): PatternItem {
    if (!this.#letters.includes(letter)) {
      throw new SqlError(
        "0A000",
        `The letter '${letter}' of the date pattern '${this.#pattern.slice(0, 100)}' is not there; it runs on Apache Flink itself`,
      );
    }
    const start = this.#at;
    while (this.#pattern.charAt(this.#at) === letter) this.#at += 1;
    return { kind: "field", letter, count: this.#at - start };
  }

  /** 'text', and '' for a quotation mark, inside of a text or not. */
  #quoted(): string {
    const pattern = this.#pattern;
    this.#at += 1;
    if (pattern.charAt(this.#at) === "'") {
      this.#at += 1;
      return "'";
    }
    let text = "";
    while (!this.isAtEnd()) {
      const character = pattern.charAt(this.#at);
      this.#at += 1;
      if (character !== "'") {
        text += character;
      } else if (pattern.charAt(this.#at) === "'") {
        text += "'";
        this.#at += 1;
      } else {
        return text;
      }
    }
    throw malformed(pattern, "has a quotation mark that is not closed");
  }
}

export const monthNames: readonly string[] = Object.freeze([
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
]);

/** Monday first. */
export const dayNames: readonly string[] = Object.freeze([
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
]);
