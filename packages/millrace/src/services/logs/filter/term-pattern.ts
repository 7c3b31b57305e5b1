import { invalidParameter, notImplemented } from "../errors.ts";
import type { FilterPattern } from "./filter-pattern.ts";

/** `-` excludes, `?` makes a term one of several, quotation marks hold a phrase together. */
const term = /([-?]?)(?:"((?:[^"\\]|\\.)*)"|(%)|([^\s"]+))(?=\s|$)/y;

/**
 * Terms that a message contains: all plain ones, none of the excluded, and where there are no plain ones at
 * least one of those with a question mark. Like AWS's, a term also matches within a word.
 */
export function termPattern(text: string): FilterPattern {
  const required: string[] = [];
  const excluded: string[] = [];
  const optional: string[] = [];
  for (let at = 0; at < text.length; ) {
    while (/\s/.test(text[at] ?? "")) at++;
    term.lastIndex = at;
    const match = text.slice(at).startsWith("%") ? undefined : term.exec(text);
    if (match === undefined) throw notImplemented("A regular expression (%...%) in a filter pattern");
    if (match === null) throw invalidParameter(`Invalid filter pattern: ${text}`);
    at = term.lastIndex;
    const [, sign, phrase, , word] = match;
    const wanted = phrase === undefined ? (word ?? "") : phrase.replace(/\\(.)/g, "$1");
    (sign === "-" ? excluded : sign === "?" ? optional : required).push(wanted);
  }
  return {
    matches: (message) =>
      required.every((wanted) => message.includes(wanted)) &&
      !excluded.some((wanted) => message.includes(wanted)) &&
      (required.length > 0 || optional.length === 0 || optional.some((wanted) => message.includes(wanted))),
    extract: () => undefined,
    values: () => ({}),
  };
}
