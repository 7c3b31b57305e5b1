import { propertyClass } from "./character-properties.ts";
import { Refusal, UnknownPattern } from "./pattern-errors.ts";

export type GroupKind =
  | { readonly kind: "capture" | "plain" | "look" | "atomic" | "flags"; readonly text: string }
  | { readonly kind: "named"; readonly text: string; readonly name: string };

export interface Quantifier {
  /** `*`, `+`, `?`, `{n}`, `{n,}`, `{n,m}` */
  readonly text: string;
  readonly isUnbounded: boolean;
  /** May match more than once. */
  readonly isRepeated: boolean;
  /** Matches always as many times. */
  readonly isFixed: boolean;
  readonly mode: "greedy" | "lazy" | "possessive";
}

export interface PatternFlags {
  isCaseless: boolean;
  isMultiline: boolean;
  isDotAll: boolean;
  isCommented: boolean;
}

/** Reads the pieces of a Java pattern: flags, openings of groups, quantifiers, escapes, quotes, comments. */
export class PatternSyntax {
  readonly flags: PatternFlags = {
    isCaseless: false,
    isMultiline: false,
    isDotAll: false,
    isCommented: false,
  };
  readonly #pattern: string;
  #at = 0;
  #isQuoted = false;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  isAtEnd(): boolean {
    this.#skip();
    return this.#at >= this.#pattern.length;
  }

  rest(): string {
    return this.#pattern.slice(this.#at);
  }

  peek(): string {
    this.#skip();
    return this.#raw();
  }

  /** The next character, comments and white space included. */
  peekRaw(): string {
    return this.#raw();
  }

  next(): string {
    this.#skip();
    const character = this.#raw();
    this.#at += character.length;
    // What is quoted means itself, whatever it is.
    return this.#isQuoted ? `\0${character}` : character;
  }

  nextRaw(): string {
    const character = this.#raw();
    this.#at += character.length;
    return character;
  }

  take(text: string): boolean {
    this.#skip();
    if (this.#isQuoted || !this.#pattern.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  /** A character that means itself, as JavaScript writes it. */
  literal(character: string): string {
    return literal(character.startsWith("\0") ? character.slice(1) : character);
  }

  readLeadingFlags(): void {
    for (;;) {
      const match = /^\(\?([a-zA-Z]+)\)/.exec(this.rest());
      if (match === null) return;
      for (const letter of match[1] ?? "") this.#setFlag(letter);
      this.#at += match[0].length;
    }
  }

  #setFlag(letter: string): void {
    if (letter === "i") this.flags.isCaseless = true;
    else if (letter === "m") this.flags.isMultiline = true;
    else if (letter === "s") this.flags.isDotAll = true;
    else if (letter === "x") this.flags.isCommented = true;
    else if (letter !== "u" && letter !== "U" && letter !== "d") {
      throw new UnknownPattern(`there is no flag '${letter}'`);
    } else if (letter !== "u") {
      throw new Refusal(`the flag '${letter}' of a regular expression`);
    }
  }

  /** Behind an opening bracket. */
  groupKind(): GroupKind {
    if (!this.take("?")) return { kind: "capture", text: "(" };
    for (const look of ["=", "!", "<=", "<!"]) {
      if (this.take(look)) return { kind: "look", text: `(?${look}` };
    }
    if (this.take(":")) return { kind: "plain", text: "(?:" };
    if (this.take(">")) return { kind: "atomic", text: "(?:" };
    const name = /^<([A-Za-z][A-Za-z0-9]*)>/.exec(this.rest());
    if (name !== null) {
      this.#at += name[0].length;
      return { kind: "named", text: `(?<${name[1]}>`, name: name[1] ?? "" };
    }
    if (/^[a-zA-Z-]+[:)]/.test(this.rest())) {
      throw new Refusal("flags within a regular expression: write them at its beginning,");
    }
    throw new UnknownPattern("a '(?' begins no group");
  }

  referenceName(): string {
    const match = /^k<([A-Za-z][A-Za-z0-9]*)>/.exec(this.rest());
    if (match === null) throw new UnknownPattern("'\\k' is not followed by '<name>'");
    this.#at += match[0].length;
    return match[1] ?? "";
  }

  quantifier(): Quantifier | undefined {
    this.#skip();
    if (this.#isQuoted) return undefined;
    const match = /^(?:[*+?]|\{(\d{1,9})(?:(,)(\d{1,9})?)?\})/.exec(this.rest());
    if (match === null) return undefined;
    const [text, least, comma, most] = match;
    this.#at += text.length;
    if (least !== undefined && most !== undefined && Number(most) < Number(least)) {
      throw new UnknownPattern(`the repetition '${text}' ends before it begins`);
    }
    const isUnbounded = text === "*" || text === "+" || (comma !== undefined && most === undefined);
    const isRepeated = isUnbounded || (text !== "?" && Number(most ?? least) > 1);
    const isFixed = least !== undefined && (comma === undefined || most === least);
    const mode = this.take("+") ? "possessive" : this.take("?") ? "lazy" : "greedy";
    return { text, isUnbounded, isRepeated, isFixed, mode };
  }

  /**
   * Behind a backslash: a character or a class of them as JavaScript writes it, in classes as well.
   * @throws UnknownPattern, Refusal
   */
  escape(isInClass: boolean): string {
    const letter = this.nextRaw();
    const known = classEscapes[letter] ?? characterEscapes[letter];
    if (known !== undefined) return known;
    switch (letter) {
      case "p":
      case "P":
        return this.#property(letter === "P");
      case "0":
        return this.#code(/^[0-3]?[0-7]{1,2}/, 8);
      case "x":
        return this.rest().startsWith("{")
          ? this.#code(/^\{([0-9a-fA-F]{1,6})\}/, 16)
          : this.#code(/^[0-9a-fA-F]{2}/, 16);
      case "u":
        return this.#code(/^[0-9a-fA-F]{4}/, 16);
      case "c":
        return codePoint((this.nextRaw().codePointAt(0) ?? 64) ^ 64);
      case "":
        throw new UnknownPattern("a backslash stands at the end");
      default:
        if (/[A-Za-z]/.test(letter) || (isInClass && letter === "")) {
          throw "GXN".includes(letter)
            ? new Refusal(`'\\${letter}' in a regular expression`)
            : new UnknownPattern(`there is no '\\${letter}'`);
        }
        return literal(letter);
    }
  }

  #property(isNegated: boolean): string {
    const match = /^(?:\{([^}]*)\}|([A-Z]))/.exec(this.rest());
    if (match === null) throw new UnknownPattern("'\\p' is not followed by a property");
    this.#at += match[0].length;
    return propertyClass(match[1] ?? match[2] ?? "", isNegated);
  }

  #code(form: RegExp, base: number): string {
    const match = form.exec(this.rest());
    const value = match === null ? Number.NaN : Number.parseInt(match[1] ?? match[0], base);
    if (match === null || !(value <= 0x10_ffff)) throw new UnknownPattern("an escape is no character");
    this.#at += match[0].length;
    return codePoint(value);
  }

  /** Goes over quotes, and with the flag `x` over white space and comments. */
  #skip(): void {
    for (;;) {
      const rest = this.#pattern.slice(this.#at, this.#at + 2);
      if (this.#isQuoted ? rest === "\\E" : rest === "\\Q" || rest === "\\E") {
        this.#isQuoted = rest === "\\Q";
        this.#at += 2;
      } else if (this.flags.isCommented && !this.#isQuoted && /^[\s#]/.test(rest)) {
        const end = rest.startsWith("#") ? this.#pattern.indexOf("\n", this.#at) : this.#at;
        this.#at = end < 0 ? this.#pattern.length : end + 1;
      } else {
        return;
      }
    }
  }

  #raw(): string {
    const code = this.#pattern.codePointAt(this.#at);
    return code === undefined ? "" : String.fromCodePoint(code);
  }
}

/** Java's classes are of ASCII. All of these may stand in a class as well. */
const classEscapes: Readonly<Record<string, string>> = Object.freeze({
  d: "[0-9]",
  D: "[^0-9]",
  w: "[A-Za-z0-9_]",
  W: "[^A-Za-z0-9_]",
  s: "[\\t\\n\\v\\f\\r ]",
  S: "[^\\t\\n\\v\\f\\r ]",
  h: "[ \\t\\u00a0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]",
  H: "[^ \\t\\u00a0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]",
  v: "[\\n\\v\\f\\r\\u0085\\u2028\\u2029]",
  V: "[^\\n\\v\\f\\r\\u0085\\u2028\\u2029]",
});

const characterEscapes: Readonly<Record<string, string>> = Object.freeze({
  t: "\\t",
  n: "\\n",
  r: "\\r",
  f: "\\f",
  a: "\\u0007",
  e: "\\u001b",
});

/** A character that means itself, in and outside of classes. */
function literal(character: string): string {
  return /^[A-Za-z0-9_ ]$/.test(character) ? character : codePoint(character.codePointAt(0) ?? 0);
}

function codePoint(value: number): string {
  return `\\u{${value.toString(16)}}`;
}
