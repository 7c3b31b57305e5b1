import { SqlError } from "../../../sql/sql-error.ts";
import { type SettingDefinition, type SettingKind, settingDefinitions } from "./setting-table.ts";

/** @throws SqlError 42704 */
export function definitionOf(name: string): SettingDefinition {
  const known = settingDefinitions.get(name);
  if (known !== undefined) return known;
  // Names with a dot are variables that applications make up.
  if (name.includes(".")) return applicationVariable;
  throw new SqlError("42704", `unrecognized configuration parameter "${name}"`);
}

const applicationVariable: SettingDefinition = Object.freeze({
  value: { kind: "text", maxBytes: 65_535 } as const,
  default: "",
  description: "",
});

/** The value as SHOW gives it. @throws SqlError 22023 */
export function checkedValue(name: string, values: readonly string[]): string {
  const { value: kind } = definitionOf(name);
  if (kind.kind === "list") return values.map(listItem).join(", ");
  if (kind.kind === "date style") return dateStyle(name, values);
  const [value, second] = values;
  if (value === undefined || second !== undefined)
    throw new SqlError("42601", `SET ${name} takes only one argument`);
  return single(name, value, kind);
}

function single(
  name: string,
  value: string,
  kind: Exclude<SettingKind, { kind: "list" | "date style" }>,
): string {
  switch (kind.kind) {
    case "boolean":
      return boolean(name, value);
    case "integer":
      return integer(name, value, kind.minimum, kind.maximum);
    case "duration":
      return duration(name, value);
    case "choice": {
      const chosen = value.toLowerCase();
      if (!kind.values.includes(chosen)) throw invalid(name, value);
      return name === "client_encoding" ? "UTF8" : chosen;
    }
    case "time zone":
      return timeZone(value);
    case "text":
      if (Buffer.byteLength(value) > kind.maxBytes)
        throw new SqlError("22023", `value of parameter "${name}" is longer than ${kind.maxBytes} bytes`);
      return value;
  }
}

function invalid(name: string, value: string): SqlError {
  return new SqlError("22023", `invalid value for parameter "${name}": "${value}"`);
}

function boolean(name: string, value: string): string {
  const text = value.toLowerCase();
  if (["on", "true", "t", "yes", "y", "1"].includes(text)) return "on";
  if (["off", "false", "f", "no", "n", "0"].includes(text)) return "off";
  throw new SqlError("22023", `parameter "${name}" requires a Boolean value`);
}

function integer(name: string, value: string, minimum: number, maximum: number): string {
  if (!/^[+-]?\d+$/.test(value)) throw new SqlError("22023", `parameter "${name}" requires an integer value`);
  const number = Number(value);
  if (number < minimum || number > maximum)
    throw new SqlError(
      "22023",
      `${value} is outside the valid range for parameter "${name}" (${minimum} .. ${maximum})`,
    );
  return String(number);
}

const milliseconds: Readonly<Record<string, number>> = Object.freeze({
  "": 1,
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
});
const maxDurationMs = 2_147_483_647;

function duration(name: string, value: string): string {
  const [, digits, unit] = /^(\d+)\s*(ms|s|min|h|d|)$/.exec(value.trim()) ?? [];
  if (digits === undefined) return integer(name, value, 0, maxDurationMs);
  return integer(name, String(Number(digits) * (milliseconds[unit ?? ""] ?? 1)), 0, maxDurationMs);
}

function listItem(text: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

/** The items of a list as `checkedValue` wrote it, without quotes. */
export function listItems(value: string): readonly string[] {
  return [...value.matchAll(/"((?:[^"]|"")*)"|([^,\s"]+)/g)].map((match) =>
    match[1] === undefined ? String(match[2]) : match[1].replaceAll('""', '"'),
  );
}

const defaultStyle = "ISO, MDY";
const styles: readonly string[] = ["iso", "postgres", "sql", "german"];
const orders: Readonly<Record<string, string>> = Object.freeze({
  mdy: "MDY",
  us: "MDY",
  noneuro: "MDY",
  noneuropean: "MDY",
  dmy: "DMY",
  euro: "DMY",
  european: "DMY",
  ymd: "YMD",
});

/**
 * `ISO, MDY`; one of the two may be left out. Dates are read and written in this style alone, so another one
 * would read days as months. @throws SqlError 22023, 0A000
 */
function dateStyle(name: string, values: readonly string[]): string {
  let style = "ISO";
  let order = "MDY";
  for (const word of values.flatMap((value) => value.split(",")).map((part) => part.trim().toLowerCase())) {
    const known = orders[word];
    if (known !== undefined) order = known;
    else if (styles.includes(word))
      style = word === "iso" || word === "sql" ? word.toUpperCase() : capital(word);
    else throw new SqlError("22023", `unrecognized "${name}" key word: "${word}"`);
  }
  const text = `${style}, ${order}`;
  if (text !== defaultStyle)
    throw new SqlError("0A000", `DateStyle "${text}" is not supported; only ${defaultStyle} is`);
  return text;
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/**
 * A zone's name, or an offset. PostgreSQL takes whole hours east of Greenwich as a number. Abbreviations that
 * the engine does not know as zones stand for those that have the same rules.
 */
function timeZone(value: string): string {
  if (value.toLowerCase() === "default" || value.toLowerCase() === "local") return "UTC";
  if (/^[+-]?\d{1,2}(:\d{2})?$/.test(value)) return value;
  try {
    return canonicalZone(value);
  } catch (cause) {
    throw new SqlError("22023", `unrecognized time zone name: "${value}"`, { cause });
  }
}

function canonicalZone(value: string): string {
  // Names are case-insensitive; it is the runtime that knows how they are written, but it renames some.
  const resolved = new Intl.DateTimeFormat("en-US", { timeZone: value }).resolvedOptions().timeZone;
  return resolved.toLowerCase() === value.toLowerCase() ? resolved : value;
}

/** The zone in the engine's words: ICU names offsets `Etc/GMT-3` with the sign the other way round. */
export function engineTimeZone(value: string): string {
  const [, sign, hours, minutes] = /^([+-]?)(\d{1,2})(?::(\d{2}))?$/.exec(value) ?? [];
  if (hours === undefined) return value;
  const name = `GMT${sign === "-" ? "-" : "+"}${hours.padStart(2, "0")}:${minutes ?? "00"}`;
  return name;
}
