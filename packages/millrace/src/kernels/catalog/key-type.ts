import { CatalogError } from "./errors.ts";

/** How the values of a partition key are compared. */
export type KeyKind = "string" | "integer" | "decimal" | "date" | "timestamp";

/** A value as SQLite compares it; null where the text is not of the key's type. */
export type KeyValue = string | bigint | null;

const kinds: ReadonlyMap<string, KeyKind> = new Map([
  ["string", "string"],
  ["char", "string"],
  ["varchar", "string"],
  ["tinyint", "integer"],
  ["smallint", "integer"],
  ["int", "integer"],
  ["integer", "integer"],
  ["bigint", "integer"],
  ["long", "integer"],
  ["decimal", "decimal"],
  ["date", "date"],
  ["timestamp", "timestamp"],
]);

/** The kind of a type as Hive writes it, `decimal(10,2)` too; undefined for types that no filter may name. */
export function keyKindOf(type: string | undefined): KeyKind | undefined {
  const name = /^\s*([a-z]+)\s*(?:\([^)]*\))?\s*$/i.exec(type ?? "string")?.[1];
  return name === undefined ? undefined : kinds.get(name.toLowerCase());
}

/**
 * The value of a partition key, or a literal that is compared with one, in the form that is kept:
 *
 *   string            the text
 *   tinyint..bigint   INTEGER
 *   decimal           TEXT, see `decimalText`
 *   date, timestamp   INTEGER days, TEXT `2024-01-31 23:59:59.999999999`
 *   anything else     the text, though no filter may name it
 */
export function keyValue(kind: KeyKind | undefined, text: string): KeyValue {
  switch (kind) {
    case undefined:
    case "string":
      return text;
    case "integer":
      return integerOf(text);
    case "decimal":
      return decimalText(text);
    case "date":
      return dayOf(text);
    case "timestamp":
      return timestampText(text);
  }
}

/** @throws CatalogError in AWS's words when the literal is not of the key's type */
export function literalValue(kind: KeyKind, text: string): Exclude<KeyValue, null> {
  const value = keyValue(kind, text);
  if (value !== null) return value;
  throw new CatalogError("invalid", "expression", notOfKind(kind, text));
}

function notOfKind(kind: KeyKind, text: string): string {
  switch (kind) {
    case "integer":
      return `"${text}" is not an integer.`;
    case "timestamp":
      return `Timestamp format must be yyyy-mm-dd hh:mm:ss[.fffffffff] ${text} is not a timestamp.`;
    case "string":
    case "decimal":
    case "date":
      return `${text} is not a ${kind}.`;
  }
}

const maxInteger = 2n ** 63n;

function integerOf(text: string): bigint | null {
  // Longer ones are out of range, and need not be read to know it.
  if (!/^[+-]?[0-9]{1,40}$/.test(text)) return null;
  const exact = BigInt(text.startsWith("+") ? text.slice(1) : text);
  return exact >= maxInteger || exact < -maxInteger ? null : exact;
}

const maxDecimalChars = 100;
const maxExponent = 4_000;

/**
 * A decimal as text that sorts like the number, exactly:
 *
 *   zero      "1"
 *   positive  "2" exponent[5] digits
 *   negative  "0" complement(exponent[5] digits) "~"
 *
 * The number is 0.digits x 10^(exponent - 50000), its digits without zeros at either end; the complement of a
 * digit is 9 minus it, and `~` sorts a shorter one, which is the greater, behind a longer one.
 */
function decimalText(text: string): string | null {
  if (text.length > maxDecimalChars) return null;
  const match = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,5}))?$/.exec(text);
  if (match === null) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return null;
  const shift = Number(exponent);
  if (Math.abs(shift) > maxExponent) return null;
  const all = whole + fraction;
  const digits = all.replace(/^0+/, "");
  if (digits === "") return "1";
  const point = whole.length - (all.length - digits.length) + shift;
  const magnitude = `${String(point + 50_000).padStart(5, "0")}${digits.replace(/0+$/, "")}`;
  return sign === "-"
    ? `0${magnitude.replace(/[0-9]/g, (digit) => String(9 - Number(digit)))}~`
    : `2${magnitude}`;
}

const dayMs = 86_400_000;

function dayOf(text: string): bigint | null {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(0);
  // `Date.UTC` takes the years 0 to 99 for the twentieth century.
  date.setUTCFullYear(year, month - 1, day);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? BigInt(Math.round(date.getTime() / dayMs)) : null;
}

function timestampText(text: string): string | null {
  const match =
    /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?: ([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]{1,9}))?)?$/.exec(
      text,
    );
  if (match === null) return null;
  const [, date = "", hour = "00", minute = "00", second = "00", fraction = ""] = match;
  if (dayOf(date) === null) return null;
  return `${date} ${hour}:${minute}:${second}.${fraction.padEnd(9, "0")}`;
}
