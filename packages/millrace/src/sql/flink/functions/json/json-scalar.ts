import type { DecimalType, FlinkType } from "../../types.ts";
import { dropDigits } from "../decimal-rounding.ts";
import { isScalar, type JsonNode, JsonNumber, numberText, writeJson } from "./json-document.ts";

/** A value of the type; undefined when the JSON cannot be one. */
export type ScalarConverter = (node: JsonNode) => unknown;

const wholeBits: Readonly<Record<string, number>> = Object.freeze({
  tinyint: 8,
  smallint: 16,
  int: 32,
  bigint: 64,
});
const trueWords: readonly string[] = Object.freeze(["true", "t", "yes", "1"]);
const falseWords: readonly string[] = Object.freeze(["false", "f", "no", "0"]);
/** Exponents beyond this are no numbers of SQL. */
const maxExponent = 400;

/** How JSON becomes a value of a type after RETURNING; undefined for types that may not stand there. */
export function jsonConverter(type: FlinkType): ScalarConverter | undefined {
  switch (type.kind) {
    case "char":
    case "varchar":
      return textOf;
    case "boolean":
      return booleanOf;
    case "tinyint":
    case "smallint":
    case "int":
    case "bigint":
      return wholeConverter(type.kind);
    case "float":
      return (node) => finite(Math.fround(doubleOf(node)));
    case "double":
      return (node) => finite(doubleOf(node));
    case "decimal":
      return (node) => decimalValue(node, type);
    default:
      return undefined;
  }
}

function textOf(node: JsonNode): string {
  if (node instanceof JsonNumber) return numberText(node.text);
  return isScalar(node) ? String(node) : writeJson(node);
}

function booleanOf(node: JsonNode): boolean | undefined {
  if (typeof node === "boolean") return node;
  if (typeof node !== "string") return undefined;
  const word = node.trim().toLowerCase();
  if (trueWords.includes(word)) return true;
  return falseWords.includes(word) ? false : undefined;
}

/** The text of a number, also of one in a text. */
function digitsOf(node: JsonNode): string | undefined {
  const text = node instanceof JsonNumber ? node.text : typeof node === "string" ? node : "";
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? text : undefined;
}

function doubleOf(node: JsonNode): number {
  return Number(digitsOf(node) ?? Number.NaN);
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** Digits and where the point is; undefined for what is no number. */
function exactOf(node: JsonNode): { readonly unscaled: bigint; readonly scale: number } | undefined {
  const text = digitsOf(node);
  if (text === undefined) return undefined;
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  if (Math.abs(Number(exponent)) > maxExponent) return undefined;
  return {
    unscaled: BigInt(`${whole}${fraction}`.replace("+", "")),
    scale: fraction.length - Number(exponent),
  };
}

/** What is behind the point is cut off. */
function wholeConverter(kind: string): ScalarConverter {
  const bits = wholeBits[kind] ?? 64;
  return (node) => {
    const exact = exactOf(node);
    if (exact === undefined) return undefined;
    const value = dropDigits(exact.unscaled, exact.scale, "down");
    if (BigInt.asIntN(bits, value) !== value) return undefined;
    return kind === "bigint" ? value : Number(value);
  };
}

function decimalValue(node: JsonNode, type: DecimalType): bigint | undefined {
  const exact = exactOf(node);
  if (exact === undefined) return undefined;
  const unscaled = dropDigits(exact.unscaled, exact.scale - type.scale, "half-up");
  const limit = 10n ** BigInt(type.precision);
  return unscaled < limit && unscaled > -limit ? unscaled : undefined;
}
