import { isText } from "../type-rules.ts";
import { type FlinkType, maxLength } from "../types.ts";
import {
  alias,
  define,
  inline,
  intType,
  nullable,
  overloads,
  strict,
  stringType,
} from "./function-definition.ts";
import { int, text, textOrBytes, whole } from "./parameters.ts";
import { EvaluationError, type ScalarCode, type ScalarFunction } from "./scalar-function.ts";

/** No function makes a text longer than this many UTF-16 units: a row must not take the process's memory. */
const maxTextUnits = 64 * 1024 * 1024;

const charLength = define({ name: "char_length", parameters: [text], result: intType, code: lengthCode() });
const substring = define({
  name: "substring",
  parameters: [text, int, int],
  optional: 1,
  result: stringType,
  mayBeNull: true,
  code: strict(subString),
});

/** Texts cut, joined and changed. Characters are UTF-16 units, as in Java, but for CHAR_LENGTH. */
export const textFunctions: readonly ScalarFunction[] = Object.freeze([
  charLength,
  alias("character_length", charLength),
  define({
    name: "upper",
    parameters: [text],
    result: stringType,
    code: inline(([s]) => `${s}.toUpperCase()`),
  }),
  define({
    name: "lower",
    parameters: [text],
    result: stringType,
    code: inline(([s]) => `${s}.toLowerCase()`),
  }),
  define({ name: "initcap", parameters: [text], result: stringType, code: strict(initCap) }),
  define({ name: "reverse", parameters: [text], result: stringType, code: strict(reverse) }),
  substring,
  alias("substr", substring),
  define({
    name: "left",
    parameters: [text, int],
    result: stringType,
    code: strict((s: string, n: number) => (n <= 0 ? "" : s.slice(0, n))),
  }),
  define({
    name: "right",
    parameters: [text, int],
    result: stringType,
    code: strict((s: string, n: number) => (n <= 0 ? "" : s.slice(-n))),
  }),
  define({
    name: "replace",
    parameters: [text, text, text],
    result: stringType,
    code: strict(replace),
  }),
  define({
    name: "translate",
    parameters: [text, text, text],
    result: stringType,
    code: nullable(translate),
    mayBeNull: true,
  }),
  define({ name: "repeat", parameters: [text, int], result: stringType, code: strict(repeat) }),
  define({
    name: "lpad",
    parameters: [text, int, text],
    result: stringType,
    mayBeNull: true,
    code: strict(leftPad),
  }),
  define({
    name: "rpad",
    parameters: [text, int, text],
    result: stringType,
    mayBeNull: true,
    code: strict(rightPad),
  }),
  define({
    name: "overlay",
    parameters: [text, text, int, int],
    optional: 1,
    result: stringType,
    code: strict(overlay),
  }),
  define({
    name: "||",
    parameters: [textOrBytes, textOrBytes],
    result: concatType,
    code: ({ types }) =>
      types[0] !== undefined && isText(types[0]) ? inline(([a, b]) => `(${a} + ${b})`) : strict(concatBytes),
  }),
  define({
    name: "concat",
    parameters: [text],
    rest: text,
    result: stringType,
    code: inline((args) => `(${args.join(" + ")})`),
  }),
  define({
    name: "concat_ws",
    parameters: [text, text],
    optional: 1,
    rest: text,
    result: ([separator]) => ({ ...stringType, nullable: separator?.nullable === true }),
    ownNullability: true,
    code: nullable((separator: string | null, ...parts: (string | null)[]) =>
      separator === null ? null : parts.filter((part) => part !== null).join(separator),
    ),
  }),
  overloads("elt", [
    {
      parameters: [whole, textOrBytes],
      rest: textOrBytes,
      result: eltType,
      mayBeNull: true,
      code: nullable((index: number | bigint | null, ...values: unknown[]) =>
        index === null ? null : (values[Number(index) - 1] ?? null),
      ),
    },
  ]),
]);

const surrogates = /[\ud800-\udfff]/;

/** Code points: a surrogate pair is one character. Most texts have none, which is found out fast. */
function lengthCode(): ScalarCode {
  return strict((s: string) => (surrogates.test(s) ? Array.from(s).length : s.length));
}

function subString(s: string, start: number, length: number = maxLength): string | null {
  if (length < 0) return null;
  const from = start > 0 ? start - 1 : start < 0 ? s.length + start : 0;
  return from < 0 ? "" : s.substring(from, Math.min(from + length, s.length) < from ? from : from + length);
}

/** Words are runs of ASCII letters and digits, as in Flink. */
function initCap(s: string): string {
  return s.replace(/[A-Za-z0-9]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
}

function reverse(s: string): string {
  return Array.from(s).reverse().join("");
}

/** An empty text is found before each character and at the end, as in Java. */
function replace(s: string, from: string, to: string): string {
  return bounded(from === to ? s : s.replaceAll(from, () => to));
}

function translate(s: string | null, from: string | null, to: string | null): string | null {
  if (s === null || from === null || from === "") return s;
  const targets = Array.from(to ?? "");
  const table = new Map<string, string>();
  for (const [index, character] of Array.from(from).entries()) {
    if (!table.has(character)) table.set(character, targets[index] ?? "");
  }
  let result = "";
  for (const character of s) result += table.get(character) ?? character;
  return result;
}

function repeat(s: string, times: number): string {
  if (times <= 0 || s === "") return "";
  checkLength(s.length * times);
  return s.repeat(times);
}

function leftPad(s: string, length: number, pad: string): string | null {
  if (length < 0 || pad === "") return null;
  checkLength(length);
  return length <= s.length ? s.slice(0, length) : s.padStart(length, pad);
}

function rightPad(s: string, length: number, pad: string): string | null {
  if (length < 0 || pad === "") return null;
  checkLength(length);
  return length <= s.length ? s.slice(0, length) : s.padEnd(length, pad);
}

function overlay(s: string, by: string, start: number, length: number = by.length): string {
  if (start <= 0 || start > s.length) return s;
  const isInside = start + length <= s.length && length > 0;
  return s.slice(0, start - 1) + by + (isInside ? s.slice(start - 1 + length) : "");
}

function bounded(s: string): string {
  checkLength(s.length);
  return s;
}

/** @throws EvaluationError */
export function checkLength(units: number): void {
  if (units > maxTextUnits) {
    throw new EvaluationError(`a text of ${units} characters is longer than the limit of ${maxTextUnits}`);
  }
}

function concatBytes(left: Uint8Array, right: Uint8Array): Uint8Array {
  const result = new Uint8Array(left.length + right.length);
  result.set(left);
  result.set(right, left.length);
  return result;
}

/** CHARs of fixed lengths give a CHAR of the sum of them, others the variable type. */
function concatType(types: readonly FlinkType[]): FlinkType | undefined {
  const [left, right] = types;
  if (left === undefined || right === undefined) return undefined;
  if (!("length" in left) || !("length" in right) || isText(left) !== isText(right)) return undefined;
  const length = Math.min(left.length + right.length, maxLength);
  const isFixed = left.kind === right.kind && (left.kind === "char" || left.kind === "binary");
  if (isFixed) return { kind: left.kind, length, nullable: false };
  return { kind: isText(left) ? "varchar" : "varbinary", length, nullable: false };
}

function eltType(types: readonly FlinkType[]): FlinkType | undefined {
  const values = types.slice(1);
  const areTexts = values.every(isText);
  if (!areTexts && values.some(isText)) return undefined;
  return { kind: areTexts ? "varchar" : "varbinary", length: maxLength, nullable: true };
}
