import { isText } from "../type-rules.ts";
import type { FlinkType } from "../types.ts";
import { CallSiteCache } from "./call-site-cache.ts";
import { booleanType, type CallSite, define, intType, strict, stringType } from "./function-definition.ts";
import { likeMatcher, type TextMatcher } from "./like-pattern.ts";
import { int, text, textOrBytes } from "./parameters.ts";
import { similarMatcher } from "./regexp/similar-pattern.ts";
import type { ScalarCode, ScalarFunction } from "./scalar-function.ts";

/** Texts found in texts, and taken away from their ends. */
export const textSearchFunctions: readonly ScalarFunction[] = Object.freeze([
  define({ name: "position", parameters: [text, text], result: intType, code: strict(position) }),
  define({
    name: "locate",
    parameters: [text, text, int],
    optional: 1,
    result: intType,
    code: strict(position),
  }),
  define({
    name: "instr",
    parameters: [text, text, int, int],
    optional: 2,
    result: intType,
    code: strict(instr),
  }),
  atEnd("startswith", (s, part) => s.startsWith(part), startsWithBytes),
  atEnd("endswith", (s, part) => s.endsWith(part), endsWithBytes),
  matching("like", likeMatcher),
  matching("similar to", similarMatcher),
  define({
    name: "split_index",
    parameters: [text, delimiter, int],
    result: stringType,
    mayBeNull: true,
    code: splitIndexCode,
  }),
  define({
    name: "split",
    parameters: [text, text],
    result: { kind: "array", element: { ...stringType, nullable: true }, nullable: false },
    code: strict((s: string, by: string) => (by === "" ? Array.from(s) : s.split(by))),
  }),
  trimming("ltrim", true, false),
  trimming("rtrim", false, true),
  trimming("btrim", true, true),
  { name: "trim", resolve: resolveTrim },
]);

/** From 1; 0 where there is none. Characters are counted by code points, as Flink's binary strings have it. */
function position(part: string, s: string, from = 1): number {
  if (from < 1) return 0;
  const index = s.indexOf(part, unitsOf(s, from - 1));
  return index < 0 ? 0 : codePoints(s, index) + 1;
}

/** The `nth` appearance from a position on; a negative one counts from the end, and so is searched backwards. */
function instr(s: string, part: string, from = 1, nth = 1): number {
  if (from === 0 || nth < 1) return 0;
  let index = from > 0 ? unitsOf(s, from - 1) - 1 : s.length + from + 2 - part.length;
  for (let found = 0; found < nth; found += 1) {
    if (from < 0 && index <= 0) return 0;
    index = from > 0 ? s.indexOf(part, index + 1) : s.lastIndexOf(part, index - 1);
    if (index < 0) return 0;
  }
  return codePoints(s, index) + 1;
}

const surrogates = /[\ud800-\udfff]/;

/** Where a number of code points ends, in UTF-16 units. */
function unitsOf(s: string, points: number): number {
  if (points === 0 || !surrogates.test(s)) return points;
  let units = 0;
  let left = points;
  for (const character of s) {
    if (left === 0) break;
    left -= 1;
    units += character.length;
  }
  return units + left;
}

function codePoints(s: string, units: number): number {
  if (!surrogates.test(s)) return units;
  let points = 0;
  for (let index = 0; index < units; points += 1) {
    index += (s.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return points;
}

function atEnd(
  name: string,
  ofTexts: (s: string, part: string) => boolean,
  ofBytes: (s: Uint8Array, part: Uint8Array) => boolean,
): ScalarFunction {
  return define({
    name,
    parameters: [textOrBytes, textOrBytes],
    result: ([left, right]) =>
      left !== undefined && right !== undefined && isText(left) === isText(right) ? booleanType : undefined,
    code: ({ types: [left] }) => strict(left !== undefined && isText(left) ? ofTexts : ofBytes),
  });
}

function startsWithBytes(s: Uint8Array, part: Uint8Array): boolean {
  return part.length <= s.length && Buffer.compare(s.subarray(0, part.length), part) === 0;
}

function endsWithBytes(s: Uint8Array, part: Uint8Array): boolean {
  return part.length <= s.length && Buffer.compare(s.subarray(s.length - part.length), part) === 0;
}

/** LIKE and SIMILAR TO: patterns are prepared once when they are literals. */
function matching(
  name: string,
  prepare: (pattern: string, escapeCharacter: string | undefined) => TextMatcher,
): ScalarFunction {
  return define({
    name,
    parameters: [text, text, text],
    optional: 1,
    result: booleanType,
    code({ types, literals }) {
      const [, pattern, escapeCharacter] = literals;
      // One key for both, which have no unambiguous sum but this: the escape is one character or none.
      const key =
        types.length < 3
          ? pattern
          : typeof escapeCharacter === "string"
            ? both(pattern, escapeCharacter)
            : undefined;
      const hasEscape = types.length > 2;
      const matchers = new CallSiteCache((keyText) => {
        if (!hasEscape) return prepare(keyText, undefined);
        const length = Number(keyText.slice(0, keyText.indexOf(":")));
        const rest = keyText.slice(keyText.indexOf(":") + 1);
        return prepare(rest.slice(length), rest.slice(0, length));
      }, key);
      if (!hasEscape) return strict((s: string, by: string) => matchers.get(by)(s));
      return strict((s: string, by: string, esc: string) => matchers.get(both(by, esc) ?? "")(s));
    },
  });
}

function both(pattern: unknown, escapeCharacter: string): string | undefined {
  return typeof pattern === "string" ? `${escapeCharacter.length}:${escapeCharacter}${pattern}` : undefined;
}

/** SPLIT_INDEX takes its separator as a text or as the number of a character. */
function delimiter(type: FlinkType): FlinkType | undefined {
  return text(type) ?? int(type);
}

function splitIndexCode({ types: [, by] }: CallSite): ScalarCode {
  if (by !== undefined && isText(by)) return strict(splitIndex);
  return strict((s: string, code: number, index: number) =>
    code > 255 || code < 1 ? null : splitIndex(s, String.fromCharCode(code), index),
  );
}

/** From 0. Nothing but the wanted part is cut out; an empty separator stands for white space. */
function splitIndex(s: string, by: string, index: number): string | null {
  if (index < 0 || s === "") return null;
  if (by === "") return s.split(/\s/)[index] ?? null;
  let start = 0;
  for (let skipped = 0; skipped < index; skipped += 1) {
    const found = s.indexOf(by, start);
    if (found < 0) return null;
    start = found + by.length;
  }
  const end = s.indexOf(by, start);
  return end < 0 ? s.slice(start) : s.slice(start, end);
}

function trimming(name: string, isLeft: boolean, isRight: boolean): ScalarFunction {
  return define({
    name,
    parameters: [text, text],
    optional: 1,
    result: stringType,
    code: strict((s: string, characters = " ") => trim(s, characters, isLeft, isRight)),
  });
}

/** Takes away characters of a set from the ends. */
function trim(s: string, characters: string, isLeft: boolean, isRight: boolean): string {
  let start = 0;
  let end = s.length;
  while (isLeft && start < end && characters.includes(s.charAt(start))) start += 1;
  while (isRight && end > start && characters.includes(s.charAt(end - 1))) end -= 1;
  return s.slice(start, end);
}

const plainTrim = trimming("trim", true, true);

const fullTrim = define({
  name: "trim",
  parameters: [text, text, text],
  result: stringType,
  code: strict((side: string, characters: string, s: string) =>
    trim(s, characters, side !== "TRAILING", side !== "LEADING"),
  ),
});

function resolveTrim(
  types: readonly FlinkType[],
  literals: readonly unknown[],
): ReturnType<ScalarFunction["resolve"]> {
  return (types.length === 1 ? plainTrim : fullTrim).resolve(types, literals);
}
