import { invalidInput } from "./errors.ts";

export type PatternNode =
  | { readonly kind: "character"; readonly takes: (character: string) => boolean }
  | { readonly kind: "sequence"; readonly parts: readonly PatternNode[] }
  | { readonly kind: "choice"; readonly options: readonly PatternNode[] }
  | {
      readonly kind: "repeat";
      readonly part: PatternNode;
      readonly min: number;
      readonly max: number | undefined;
    };

const any: PatternNode = Object.freeze({ kind: "character", takes: () => true });
const anything: PatternNode = Object.freeze({ kind: "repeat", part: any, min: 0, max: undefined });

/** Groups in groups: as many as anybody writes by hand, and few enough for the stack. */
const maxDepth = 100;
const maxCount = 1000;

const escapes: Readonly<Record<string, (character: string) => boolean>> = {
  d: (character) => /[0-9]/.test(character),
  w: (character) => /\w/.test(character),
  s: (character) => /\s/.test(character),
  D: (character) => !/[0-9]/.test(character),
  W: (character) => !/\w/.test(character),
  S: (character) => !/\s/.test(character),
};

/**
 *   choice   => sequence ("|" sequence)*
 *   sequence => (piece | "^" | "$")*        anchors change nothing: a pattern is for the whole name
 *   piece    => atom ["*" | "+" | "?" | "{" number ["," [number]] "}"] ["?" | "+"]  |  "*"
 *   atom     => "." | "[" ["^"] (character ["-" character])* "]" | "(" ["?:"] choice ")" | "\" character | character
 *
 * Clients write Java's regular expressions and Hive's patterns alike. In Hive's, `*` is any text; so it is here
 * unless it follows `.`, `)` or `]`, after which it repeats what it follows.
 */
export function parsePattern(text: string): PatternNode {
  return new PatternParser(text).parse();
}

class PatternParser {
  readonly #characters: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#characters = Array.from(text);
  }

  parse(): PatternNode {
    const node = this.#choice();
    if (this.#at < this.#characters.length) throw this.#invalid();
    return node;
  }

  #choice(): PatternNode {
    if (++this.#depth > maxDepth) throw this.#invalid();
    const options = [this.#sequence()];
    while (this.#take("|")) options.push(this.#sequence());
    this.#depth--;
    return options.length === 1 && options[0] !== undefined ? options[0] : { kind: "choice", options };
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = [];
    for (;;) {
      const next = this.#characters[this.#at];
      if (next === undefined || next === "|" || next === ")") return { kind: "sequence", parts };
      if (this.#take("^") || this.#take("$")) continue;
      parts.push(this.#take("*") ? anything : this.#repeated(this.#atom(), next));
    }
  }

  #repeated(part: PatternNode, first: string): PatternNode {
    let repeated = part;
    // After a plain character the star is Hive's, which stands for itself: `sequence` reads it.
    const isGroup = first === "." || first === "[" || first === "(" || first === "\\";
    if (isGroup && this.#take("*")) repeated = { kind: "repeat", part, min: 0, max: undefined };
    else if (this.#take("+")) repeated = { kind: "repeat", part, min: 1, max: undefined };
    else if (this.#take("?")) repeated = { kind: "repeat", part, min: 0, max: 1 };
    else if (this.#take("{")) repeated = this.#counted(part);
    else return part;
    // Whether it is greedy makes no difference to whether a whole name matches.
    if (!this.#take("?")) this.#take("+");
    return repeated;
  }

  #counted(part: PatternNode): PatternNode {
    const min = this.#number();
    if (min === undefined) throw this.#invalid();
    const max = this.#take(",") ? this.#number() : min;
    if (!this.#take("}") || (max !== undefined && max < min)) throw this.#invalid();
    return { kind: "repeat", part, min, max };
  }

  #number(): number | undefined {
    let digits = "";
    for (let next = this.#characters[this.#at]; next !== undefined && /[0-9]/.test(next); ) {
      digits += next;
      next = this.#characters[++this.#at];
    }
    if (digits === "") return undefined;
    const number = Number(digits);
    if (number > maxCount) throw this.#invalid();
    return number;
  }

  #atom(): PatternNode {
    const character = this.#characters[this.#at++];
    switch (character) {
      case ".":
        return any;
      case "[":
        return { kind: "character", takes: this.#set() };
      case "(": {
        if (this.#take("?") && !this.#take(":")) throw this.#invalid();
        const node = this.#choice();
        if (!this.#take(")")) throw this.#invalid();
        return node;
      }
      case "\\":
        return { kind: "character", takes: this.#escaped() };
      case undefined:
      case "+":
      case "?":
      case "{":
        throw this.#invalid();
      default:
        return { kind: "character", takes: sameAs(character) };
    }
  }

  #escaped(): (character: string) => boolean {
    const character = this.#characters[this.#at++];
    if (character === undefined) throw this.#invalid();
    const known = escapes[character];
    if (known !== undefined) return known;
    if (/[a-z0-9]/i.test(character)) throw this.#invalid();
    return sameAs(character);
  }

  #set(): (character: string) => boolean {
    const negated = this.#take("^");
    const members: ((character: string) => boolean)[] = [];
    do {
      members.push(this.#member());
    } while (!this.#take("]"));
    return (character) => members.some((member) => member(character)) !== negated;
  }

  #member(): (character: string) => boolean {
    const first = this.#characters[this.#at++]?.toLowerCase();
    if (first === undefined) throw this.#invalid();
    if (first === "\\") return this.#escaped();
    const last = this.#characters[this.#at + 1]?.toLowerCase();
    if (this.#characters[this.#at] !== "-" || last === "]") return sameAs(first);
    if (last === undefined || last < first) throw this.#invalid();
    this.#at += 2;
    return (character) => character >= first && character <= last;
  }

  #take(character: string): boolean {
    if (this.#characters[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #invalid(): Error {
    return invalidInput(`The Expression ${this.#characters.join("")} is not a valid pattern.`);
  }
}

/** Names are compared in lower case. */
function sameAs(character: string): (other: string) => boolean {
  const lower = character.toLowerCase();
  return (other) => other === lower;
}
