import { SqlError } from "../../../sql-error.ts";
import type { TextMatcher } from "../like-pattern.ts";
import { compileJavaPattern } from "./compiled-pattern.ts";

const posixClasses: Readonly<Record<string, string>> = Object.freeze({
  ALPHA: "\\p{Alpha}",
  UPPER: "\\p{Upper}",
  LOWER: "\\p{Lower}",
  DIGIT: "\\d",
  ALNUM: "\\p{Alnum}",
  SPACE: " ",
  WHITESPACE: "\\s",
});

/**
 * SIMILAR TO: SQL's regular expressions, which match the whole text. `%` and `_` are as in LIKE; `|*+?{}()[]` as in
 * regular expressions; all else means itself.
 * @throws SqlError
 */
export function similarMatcher(pattern: string, escapeCharacter: string | undefined): TextMatcher {
  if (escapeCharacter !== undefined && Array.from(escapeCharacter).length !== 1) {
    throw new SqlError("22019", `Invalid escape character '${escapeCharacter}'`);
  }
  const compiled = compileJavaPattern(
    `(?s)^(?:${translated(Array.from(pattern), escapeCharacter, pattern)})\\z`,
  );
  if (compiled === undefined) {
    throw new SqlError("2201B", `Invalid regular expression '${pattern.slice(0, 100)}'`);
  }
  return (text) => compiled.test(text);
}

function translated(
  characters: readonly string[],
  escapeCharacter: string | undefined,
  pattern: string,
): string {
  let result = "";
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? "";
    if (character === escapeCharacter) {
      at += 1;
      const next = characters[at];
      if (next === undefined)
        throw new SqlError("22025", `Invalid escape sequence '${pattern.slice(0, 100)}'`);
      result += quoted(next);
    } else if (character === "%") {
      result += ".*";
    } else if (character === "_") {
      result += ".";
    } else if (character === "[") {
      const end = classEnd(characters, at, pattern);
      result += classText(characters.slice(at + 1, end).join(""));
      at = end;
    } else {
      result += "|*+?{}(),0123456789".includes(character) ? character : quoted(character);
    }
  }
  return result;
}

function classEnd(characters: readonly string[], start: number, pattern: string): number {
  for (let at = start + 1; at < characters.length; at += 1) {
    if (characters[at] === "[" && characters[at + 1] === ":") {
      while (at < characters.length && !(characters[at] === ":" && characters[at + 1] === "]")) at += 1;
      at += 1;
    } else if (characters[at] === "]") {
      return at;
    }
  }
  throw new SqlError("2201B", `Invalid regular expression '${pattern.slice(0, 100)}': a '[' is not closed`);
}

/** Ranges and negation stay, `[:ALPHA:]` is a class, all else means itself. */
function classText(body: string): string {
  const named = body.replace(/\[:([A-Za-z]+):\]|[\\[\]&]/g, (found: string, name?: string) => {
    if (name === undefined) return `\\${found}`;
    const meant = posixClasses[name.toUpperCase()];
    if (meant === undefined) throw new SqlError("2201B", `There is no class of characters '${found}'`);
    return meant;
  });
  return `[${named}]`;
}

function quoted(character: string): string {
  return /[A-Za-z0-9\s]/.test(character) ? character : `\\x{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
