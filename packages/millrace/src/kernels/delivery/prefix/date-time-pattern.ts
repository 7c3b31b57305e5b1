import { type FieldPrinter, printerOf } from "./date-time-letters.ts";
import type { TimeZone, ZonedTime } from "./zoned-time.ts";

/** A pattern that Java's DateTimeFormatter would not take either. */
export class DateTimePatternError extends Error {
  override readonly name = "DateTimePatternError";
}

/**
 * Patterns of Java's `DateTimeFormatter` in the locale en_US:
 *
 *     pattern  := ( letters | "'" text "'" | "''" | "[" | "]" | other )*
 *     letters  := the same letter, repeated; "p"* before letters is the width to pad to
 *     other    := any character but letters, "{", "}" and "#"
 *
 * The parts in brackets are optional in Java; when printing, an instant has all fields, so they are printed.
 */
export class DateTimePattern {
  readonly #printers: readonly FieldPrinter[];

  /** @throws DateTimePatternError */
  constructor(pattern: string) {
    this.#printers = new PatternReader(pattern).read();
  }

  /** Undefined when a padded field is wider than its padding. */
  print(time: ZonedTime): string | undefined {
    let printed = "";
    for (const print of this.#printers) {
      const field = print(time);
      if (field === undefined) return undefined;
      printed += field;
    }
    return printed;
  }
}

/** Prints an instant in one zone; the pattern must be valid. */
export function formatTime(pattern: string, timeMs: number, zone: TimeZone): string {
  return new DateTimePattern(pattern).print(zone.at(timeMs)) ?? "";
}

class PatternReader {
  readonly #pattern: string;
  readonly #printers: FieldPrinter[] = [];
  #position = 0;
  #openBrackets = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  read(): readonly FieldPrinter[] {
    while (this.#position < this.#pattern.length) this.#readPart(this.#pattern.charAt(this.#position));
    return this.#printers;
  }

  #readPart(character: string): void {
    if (isLetter(character)) this.#readLetters();
    else if (character === "'") this.#readQuoted();
    else this.#readOther(character);
  }

  #readOther(character: string): void {
    if (character === "{" || character === "}" || character === "#") {
      throw new DateTimePatternError(`Pattern includes reserved character: '${character}'`);
    }
    if (character === "[") this.#openBrackets++;
    else if (character === "]") this.#closeBracket();
    else this.#printers.push(() => character);
    this.#position++;
  }

  #closeBracket(): void {
    if (this.#openBrackets === 0) {
      throw new DateTimePatternError("Pattern invalid as it contains ] without previous [");
    }
    this.#openBrackets--;
  }

  #readLetters(): void {
    const padding = this.#pattern.charAt(this.#position) === "p" ? this.#countSame() : 0;
    const letter = this.#pattern.charAt(this.#position);
    if (!isLetter(letter)) {
      const shown = "p".repeat(padding) + this.#pattern.slice(this.#position);
      throw new DateTimePatternError(`Pad letter 'p' must be followed by valid pad pattern: ${shown}`);
    }
    const printer = printerOf(letter, this.#countSame());
    if (typeof printer === "string") throw new DateTimePatternError(printer);
    this.#printers.push(padding === 0 ? printer : padded(printer, padding));
  }

  #countSame(): number {
    const letter = this.#pattern.charAt(this.#position);
    const start = this.#position;
    while (this.#pattern.charAt(this.#position) === letter) this.#position++;
    return this.#position - start;
  }

  #readQuoted(): void {
    const start = this.#position;
    let text = "";
    for (let end = start + 1; end < this.#pattern.length; end++) {
      const character = this.#pattern.charAt(end);
      const isQuote = character === "'";
      if (isQuote && this.#pattern.charAt(end + 1) !== "'") {
        this.#position = end + 1;
        const literal = end === start + 1 ? "'" : text;
        this.#printers.push(() => literal);
        return;
      }
      text += character;
      if (isQuote) end++;
    }
    throw new DateTimePatternError(`Pattern ends with an incomplete string literal: ${this.#pattern}`);
  }
}

function isLetter(character: string): boolean {
  return (character >= "a" && character <= "z") || (character >= "A" && character <= "Z");
}

function padded(printer: FieldPrinter, width: number): FieldPrinter {
  return (time) => {
    const field = printer(time);
    return field === undefined || field.length > width ? undefined : field.padStart(width, " ");
  };
}
