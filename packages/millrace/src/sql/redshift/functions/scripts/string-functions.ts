import { SqlError } from "../../../sql-error.ts";
import { type EngineFunction, engineFunction } from "./engine-function.ts";

/** A capital at the beginning of each word, small letters behind it; what is no letter or digit ends a word. */
function initcap(text: string): string {
  let result = "";
  let inWord = false;
  for (const character of text) {
    result += inWord ? character.toLowerCase() : character.toUpperCase();
    inWord = /[\p{L}\p{N}]/u.test(character);
  }
  return result;
}

const codes = "01230120022455012623010202";

/** American Soundex; empty for a text without letters. */
function soundex(text: string): string {
  const letters = text.toUpperCase().replace(/[^A-Z]/g, "");
  if (letters === "") return "";
  let result = letters.charAt(0);
  let last = codeOf(letters.charAt(0));
  for (const letter of letters.slice(1)) {
    const code = codeOf(letter);
    if (code !== "0" && code !== last) result += code;
    if (letter !== "H" && letter !== "W") last = code;
    if (result.length === 4) break;
  }
  return result.padEnd(4, "0");
}

function codeOf(letter: string): string {
  return codes.charAt(letter.charCodeAt(0) - 65);
}

/** How many of the four characters of two Soundex codes are the same. */
function difference(left: string, right: string): number {
  const [a, b] = [soundex(left), soundex(right)];
  return [0, 1, 2, 3].filter((index) => a.charAt(index) !== "" && a.charAt(index) === b.charAt(index)).length;
}

const digits = "0123456789abcdefghijklmnopqrstuvwxyz";

/** The text as a whole number of a base from 2 to 36. */
function strtol(text: string, base: number): bigint {
  if (base < 2 || base > 36) throw new SqlError("22023", `The base must be between 2 and 36, not ${base}.`);
  const match = /^\s*([+-]?)(?:0x(?=[0-9a-f]))?([0-9a-z]+)\s*$/i.exec(
    base === 16 ? text : text.replace(/^(\s*[+-]?)0x/i, "$1 "),
  );
  const invalid = (): SqlError =>
    new SqlError("22P02", `The input ${text} is not valid to be converted to base ${base}`);
  if (match === null) throw invalid();
  let value = 0n;
  for (const character of (match[2] ?? "").toLowerCase()) {
    const digit = digits.indexOf(character);
    if (digit < 0 || digit >= base) throw invalid();
    value = value * BigInt(base) + BigInt(digit);
  }
  const signed = match[1] === "-" ? -value : value;
  if (signed !== BigInt.asIntN(64, signed))
    throw new SqlError("22003", `value "${text}" is out of range for type bigint`);
  return signed;
}

function quoteIdent(text: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''").replaceAll("\\", "\\\\")}'`;
}

function translate(text: string, from: string, to: string): string {
  const source = [...from];
  const target = [...to];
  const map = new Map<string, string>();
  for (const [index, character] of source.entries()) {
    if (!map.has(character)) map.set(character, target[index] ?? "");
  }
  let result = "";
  for (const character of text) result += map.get(character) ?? character;
  return result;
}

export const stringFunctions: readonly EngineFunction[] = Object.freeze([
  engineFunction("initcap", ["VARCHAR"], "VARCHAR", initcap),
  engineFunction("soundex", ["VARCHAR"], "VARCHAR", soundex),
  engineFunction("difference", ["VARCHAR", "VARCHAR"], "INTEGER", difference),
  engineFunction("strtol", ["VARCHAR", "INTEGER"], "BIGINT", strtol),
  engineFunction("quote_ident", ["VARCHAR"], "VARCHAR", quoteIdent),
  engineFunction("quote_literal", ["VARCHAR"], "VARCHAR", quoteLiteral),
  engineFunction("translate", ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR", translate),
]);
