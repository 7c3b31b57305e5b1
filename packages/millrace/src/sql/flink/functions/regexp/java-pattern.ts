import { ClassParser } from "./character-class.ts";
import { UnknownPattern } from "./pattern-errors.ts";
import { PatternSyntax } from "./pattern-syntax.ts";

/** A Java pattern in JavaScript's syntax. */
export interface TranslatedPattern {
  readonly source: string;
  /** Flags besides `v`. */
  readonly flags: string;
  /** The number in JavaScript of each of Java's groups; 0 is the whole match. */
  readonly groups: readonly number[];
  /** A repetition of what varies in length, or a back-reference: matching may take exponential time. */
  readonly isRisky: boolean;
  /** Repetitions without an upper bound. */
  readonly unbounded: number;
}

/** Patterns longer than this are refused. */
const maxPatternLength = 10_000;
const maxDepth = 100;

/**
 * Translates the syntax of java.util.regex.Pattern.
 * @throws UnknownPattern for what Java refuses, too
 * @throws Refusal for what Java has and JavaScript cannot do
 */
export function translateJavaPattern(pattern: string): TranslatedPattern {
  if (pattern.length > maxPatternLength) {
    throw new UnknownPattern(`a pattern is longer than ${maxPatternLength} characters`);
  }
  return new Translator(pattern).translate();
}

/** What Java's dot leaves out. */
const anyButLineEnd = "[^\\n\\r\\u0085\\u2028\\u2029]";
const endOfInput = "(?![\\s\\S])";
/** The end, or the line end before it. */
const endOfLastLine = `(?=(?:\\r\\n|[\\n\\r\\u0085\\u2028\\u2029])?${endOfInput})`;

class Translator {
  readonly #syntax: PatternSyntax;
  readonly #groupNames = new Set<string>();
  /** Java's groups so far. */
  #count = 0;
  #totalGroups = 0;
  #atomics = 0;
  #depth = 0;
  #isRisky = false;
  #unbounded = 0;

  constructor(pattern: string) {
    this.#syntax = new PatternSyntax(pattern);
  }

  translate(): TranslatedPattern {
    this.#syntax.readLeadingFlags();
    this.#totalGroups = countGroups(this.#syntax.rest());
    const marked = this.#alternatives().source;
    if (!this.#syntax.isAtEnd()) throw new UnknownPattern("a ')' closes nothing");
    const { isCaseless, isMultiline } = this.#syntax.flags;
    const groups = groupNumbers(marked);
    return {
      source: marked.replace(/\0(\d+)\0/g, (_mark, group: string) => `(?:\\${groups[Number(group)]})`),
      flags: (isCaseless ? "i" : "") + (isMultiline ? "m" : ""),
      groups,
      isRisky: this.#isRisky,
      unbounded: this.#unbounded,
    };
  }

  #alternatives(): Piece {
    this.#depth += 1;
    if (this.#depth > maxDepth) throw new UnknownPattern(`a pattern is nested more than ${maxDepth} times`);
    let source = "";
    let varies = false;
    while (!this.#syntax.isAtEnd() && this.#syntax.peek() !== ")") {
      if (this.#syntax.take("|")) {
        source += "|";
        varies = true;
        continue;
      }
      const piece = this.#quantified();
      source += piece.source;
      varies ||= piece.varies;
    }
    this.#depth -= 1;
    return { source, varies };
  }

  #quantified(): Piece {
    const atom = this.#atom();
    const quantifier = this.#syntax.quantifier();
    if (quantifier === undefined) return atom;
    const { text, isUnbounded, isRepeated, isFixed, mode } = quantifier;
    if (isRepeated && atom.varies) this.#isRisky = true;
    if (isUnbounded) this.#unbounded += 1;
    const repeatable = atom.isAssertion === true ? `(?:${atom.source})` : atom.source;
    const repeated = `${repeatable}${text}${mode === "lazy" ? "?" : ""}`;
    const source = mode === "possessive" ? this.#atomic(repeated) : repeated;
    return { source, varies: atom.varies || isUnbounded || !isFixed };
  }

  /** JavaScript has no atomic groups, but a look-ahead never goes back into what it has matched. */
  #atomic(source: string): string {
    this.#atomics += 1;
    const name = `_${this.#atomics}`;
    return `(?:(?=(?<${name}>${source}))\\k<${name}>)`;
  }

  #atom(): Piece {
    const syntax = this.#syntax;
    const character = syntax.next();
    switch (character) {
      case "(":
        return this.#group();
      case "[":
        return plain(new ClassParser(syntax).parse());
      case ".":
        return plain(syntax.flags.isDotAll ? "[\\s\\S]" : anyButLineEnd);
      case "^":
        return assertion(syntax.flags.isMultiline ? "^" : "(?<![\\s\\S])");
      case "$":
        return assertion(syntax.flags.isMultiline ? "$" : endOfLastLine);
      case "\\":
        return this.#escape();
      case "*":
      case "+":
      case "?":
        throw new UnknownPattern(`there is nothing that '${character}' repeats`);
      case "{":
        throw new UnknownPattern("a '{' is no repetition here");
      default:
        return plain(syntax.literal(character));
    }
  }

  #group(): Piece {
    const syntax = this.#syntax;
    const kind = syntax.groupKind();
    if (kind.kind === "flags") return plain("");
    if (kind.kind === "capture" || kind.kind === "named") this.#count += 1;
    if (kind.kind === "named") this.#groupNames.add(kind.name);
    const inner = this.#alternatives();
    if (!syntax.take(")")) throw new UnknownPattern("a '(' is not closed");
    if (kind.kind === "atomic") return { source: this.#atomic(inner.source), varies: inner.varies };
    return {
      source: `${kind.text}${inner.source})`,
      varies: inner.varies,
      isAssertion: kind.kind === "look",
    };
  }

  #escape(): Piece {
    const syntax = this.#syntax;
    const letter = syntax.peekRaw();
    if (letter >= "1" && letter <= "9") return this.#backReference();
    if (letter === "k") return this.#namedReference();
    const anchor = anchors[letter];
    if (anchor !== undefined) {
      syntax.next();
      return assertion(anchor);
    }
    if (letter === "R") {
      syntax.next();
      return plain("(?:\\r\\n|[\\n\\v\\f\\r\\u0085\\u2028\\u2029])");
    }
    return plain(syntax.escape(false));
  }

  /** As many digits as make the number of a group that is there. */
  #backReference(): Piece {
    const syntax = this.#syntax;
    let number = Number(syntax.next());
    while (/\d/.test(syntax.peek()) && number * 10 + Number(syntax.peek()) <= this.#totalGroups) {
      number = number * 10 + Number(syntax.next());
    }
    // Java: a group that is not there, or not yet, never matches.
    if (number > this.#count) return plain("(?!)");
    this.#isRisky = true;
    // The number in JavaScript is known when all is translated.
    return plain(`\0${number}\0`);
  }

  #namedReference(): Piece {
    const name = this.#syntax.referenceName();
    if (!this.#groupNames.has(name)) throw new UnknownPattern(`there is no group <${name}>`);
    this.#isRisky = true;
    return plain(`\\k<${name}>`);
  }
}

interface Piece {
  readonly source: string;
  /** May match one text in several ways. */
  readonly varies: boolean;
  /** Cannot be repeated as it stands. */
  readonly isAssertion?: boolean;
}

function plain(source: string): Piece {
  return { source, varies: false };
}

function assertion(source: string): Piece {
  return { source, varies: false, isAssertion: true };
}

const anchors: Readonly<Record<string, string>> = Object.freeze({
  A: "(?<![\\s\\S])",
  z: endOfInput,
  Z: endOfLastLine,
  b: "\\b",
  B: "\\B",
});

/**
 * The numbers in JavaScript of Java's groups, which stand in the same order, between those of atomic groups.
 * Brackets that mean themselves are written as code points, so that each one in the source opens something.
 */
function groupNumbers(source: string): readonly number[] {
  const numbers = [0];
  for (const [index, match] of [...source.matchAll(/\((?!\?)|\(\?<(?![=!])/g)].entries()) {
    if (!source.startsWith("(?<_", match.index)) numbers.push(index + 1);
  }
  return numbers;
}

/** Capturing groups of a pattern, roughly: brackets in classes and quotes may be counted, too. */
function countGroups(pattern: string): number {
  return pattern.replace(/\\./gs, "").match(/\((?!\?)|\(\?<(?![=!])/g)?.length ?? 0;
}
