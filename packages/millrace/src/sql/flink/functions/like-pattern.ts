import { SqlError } from "../../sql-error.ts";

export type TextMatcher = (text: string) => boolean;

/** What stands between two `%`: literal texts and `_`, each for one character. */
interface Segment {
  /** As long as it has no `_`. */
  readonly literal: string | undefined;
  /** Characters; null is any. */
  readonly characters: readonly (string | null)[];
}

/**
 * LIKE: `%` for any text, `_` for one character, the escape before either for itself. Needs no regular
 * expression, and so no time that grows faster than the text times the pattern.
 * @throws SqlError
 */
export function likeMatcher(pattern: string, escapeCharacter: string | undefined): TextMatcher {
  if (escapeCharacter !== undefined && Array.from(escapeCharacter).length !== 1) {
    throw new SqlError("22019", `Invalid escape character '${escapeCharacter}'`);
  }
  const segments = parseLike(pattern, escapeCharacter);
  const [first, ...rest] = segments;
  const last = rest.pop();
  if (first === undefined) return (text) => text === "";
  if (last === undefined) return exactly(first);
  if (segments.every((segment) => segment.literal !== undefined)) {
    const literals = segments.map((segment) => segment.literal ?? "");
    return ofLiterals(literals);
  }
  return (text) => matches(charactersOf(text), first, rest, last);
}

/** A text as it is stands for its characters, as long as it has no surrogates. */
type Characters = string | readonly string[];

const surrogates = /[\ud800-\udfff]/;

function charactersOf(text: string): Characters {
  return surrogates.test(text) ? Array.from(text) : text;
}

function parseLike(pattern: string, escapeCharacter: string | undefined): readonly Segment[] {
  const segments: (string | null)[][] = [[]];
  let isEscaped = false;
  for (const character of pattern) {
    const current = segments.at(-1);
    if (isEscaped) {
      if (character !== "%" && character !== "_" && character !== escapeCharacter) {
        throw new SqlError("22025", `Invalid escape sequence '${pattern.slice(0, 100)}'`);
      }
      current?.push(character);
      isEscaped = false;
    } else if (character === escapeCharacter) {
      isEscaped = true;
    } else if (character === "%") {
      segments.push([]);
    } else {
      current?.push(character === "_" ? null : character);
    }
  }
  if (isEscaped) throw new SqlError("22025", `Invalid escape sequence '${pattern.slice(0, 100)}'`);
  return segments.map((characters) => ({
    characters,
    literal: characters.includes(null) ? undefined : characters.join(""),
  }));
}

function exactly({ literal, characters }: Segment): TextMatcher {
  if (literal !== undefined) return (text) => text === literal;
  return (text) => {
    const all = charactersOf(text);
    return all.length === characters.length && matchesAt(all, 0, characters);
  };
}

/** `a%`, `%a`, `%a%`, `a%b%c`: each text is found behind the one before. */
function ofLiterals(literals: readonly string[]): TextMatcher {
  const first = literals[0] ?? "";
  const last = literals.at(-1) ?? "";
  const middle = literals.slice(1, -1).filter((literal) => literal !== "");
  const [only] = middle;
  if (first === "" && last === "" && middle.length === 1 && only !== undefined) {
    return (text) => text.includes(only);
  }
  return (text) => {
    if (text.length < first.length + last.length) return false;
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const literal of middle) {
      const found = text.indexOf(literal, at);
      if (found < 0) return false;
      at = found + literal.length;
    }
    return at <= text.length - last.length;
  };
}

/** The first place of each segment is as good as any later one. */
function matches(text: Characters, first: Segment, rest: readonly Segment[], last: Segment): boolean {
  const end = text.length - last.characters.length;
  if (first.characters.length > end) return false;
  if (!matchesAt(text, 0, first.characters) || !matchesAt(text, end, last.characters)) return false;
  let at = first.characters.length;
  for (const { characters } of rest) {
    while (at + characters.length <= end && !matchesAt(text, at, characters)) at += 1;
    if (at + characters.length > end) return false;
    at += characters.length;
  }
  return true;
}

function matchesAt(text: Characters, at: number, characters: readonly (string | null)[]): boolean {
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index];
    if (character !== null && text[at + index] !== character) return false;
  }
  return true;
}
