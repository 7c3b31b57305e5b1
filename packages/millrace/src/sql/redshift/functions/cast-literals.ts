import { SqlError } from "../../sql-error.ts";
import { isText } from "../type-rules.ts";
import { bareTypeText, engineType } from "../type-text.ts";
import type { SqlType } from "../types.ts";
import type { CastMode } from "./cast-operand.ts";
import { fromText, toText } from "./cast-texts.ts";
import { DateTimeInputError, isoDate, isoTime, parseDateTime, parseTime } from "./datetime-input.ts";
import { cast, quoted, script } from "./engine-text.ts";
import { intervalSql, parseInterval } from "./interval-input.ts";

/** A literal as the value of a type that it says. @throws SqlError 22P02, 22003, 22007, 22008 */
export function printLiteral(text: string, to: SqlType, mode: CastMode): string {
  const sql = quoted(text);
  if (isText(to))
    return toText({ sql, type: { name: "character varying", length: Buffer.byteLength(text) } }, to, mode);
  switch (to.name) {
    case "smallint":
    case "integer":
    case "bigint":
    case "oid":
    case "xid":
      return integerLiteral(text, to);
    case "numeric":
      return numericLiteral(text, to);
    case "real":
    case "double precision":
      return floatLiteral(text, to);
    case "boolean":
      return booleanLiteral(text);
    case "interval":
    case "interval year to month":
    case "interval day to second":
      return `(${intervalSql(parseInterval(text))})`;
    case "super":
      return cast(`to_json(${sql})`, "JSON");
    case "varbyte":
      return fromText({ sql, type: { name: "text" } }, to);
    case "array":
      return arrayLiteral(text, to);
    case "unknown":
      return sql;
    default:
      return dateLiteral(text, to);
  }
}

const limits: Readonly<Record<string, readonly [bigint, bigint]>> = Object.freeze({
  smallint: [-(2n ** 15n), 2n ** 15n - 1n],
  integer: [-(2n ** 31n), 2n ** 31n - 1n],
  oid: [0n, 2n ** 32n - 1n],
});

function integerLiteral(text: string, to: SqlType): string {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) {
    throw new SqlError(
      "22P02",
      `invalid input syntax for ${to.name === "oid" ? "type oid" : "integer"}: "${text}"`,
    );
  }
  const value = BigInt(text.trim().replace(/^\+/, ""));
  const [low, high] = limits[to.name] ?? [-(2n ** 63n), 2n ** 63n - 1n];
  if (value < low || value > high) {
    throw new SqlError("22003", `value "${text}" is out of range for type ${bareTypeText(to)}`);
  }
  return cast(value < 0n ? `'${value}'` : String(value), engineType(to));
}

function numericLiteral(text: string, to: SqlType): string {
  const trimmed = text.trim();
  const match = /^[+-]?(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i.exec(trimmed);
  if (match === null || (match[1] === "" && (match[2] ?? "") === "")) {
    throw new SqlError("22P02", `invalid input syntax for type numeric: "${text}"`);
  }
  const whole = Math.max((match[1] ?? "").replace(/^0+/, "").length + Number(match[3] ?? 0), 0);
  const precision = to.precision ?? 18;
  if (whole > precision - (to.scale ?? 0))
    throw new SqlError("22003", "Numeric data overflow (result precision)");
  return cast(quoted(trimmed), engineType(to));
}

function floatLiteral(text: string, to: SqlType): string {
  const trimmed = text.trim();
  if (/^[+-]?(?:nan|inf(?:inity)?)$/i.test(trimmed)) return cast(quoted(trimmed), engineType(to));
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(trimmed)) {
    throw new SqlError("22P02", `invalid input syntax for type ${to.name}: "${text}"`);
  }
  const value = Number(trimmed);
  if (!Number.isFinite(to.name === "real" ? Math.fround(value) : value)) {
    throw new SqlError("22003", `"${text}" is out of range for type ${to.name}`);
  }
  return cast(quoted(trimmed), engineType(to));
}

/** Any beginning of true, false, yes and no is one of them, as 1 and 0 are. */
export function parseBoolean(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (word === "") return undefined;
  if ("true".startsWith(word) || "yes".startsWith(word) || word === "1") return true;
  return "false".startsWith(word) || "no".startsWith(word) || word === "0" ? false : undefined;
}

function booleanLiteral(text: string): string {
  const value = parseBoolean(text);
  if (value === undefined) throw new SqlError("22P02", `invalid input syntax for type boolean: "${text}"`);
  return value ? "true" : "false";
}

function arrayLiteral(text: string, to: SqlType): string {
  if (!/^\{.*\}$/s.test(text)) throw new SqlError("22P02", "missing left brace");
  const items = text
    .slice(1, -1)
    .split(",")
    .filter((item) => item !== "");
  return cast(`[${items.map((item) => quoted(item.replace(/^"|"$/g, ""))).join(", ")}]`, engineType(to));
}

const days: Readonly<Record<string, string>> = Object.freeze({
  now: "now()",
  today: "date_trunc('day', now())",
  tomorrow: "(date_trunc('day', now()) + INTERVAL 1 DAY)",
  yesterday: "(date_trunc('day', now()) - INTERVAL 1 DAY)",
  epoch: "CAST('1970-01-01 00:00:00+00' AS TIMESTAMPTZ)",
});

function dateLiteral(text: string, to: SqlType): string {
  const named = days[text.trim().toLowerCase()];
  if (named !== undefined) return cast(named, engineType(to));
  try {
    if (to.name === "time" || to.name === "timetz") return timeLiteral(text, to);
    const input = parseDateTime(text);
    const date = isoDate(input);
    if (to.name === "date") return `CAST('${date}' AS DATE)`;
    const local = `${date.replace(" (BC)", "")} ${isoTime(input.microseconds ?? 0)}${date.endsWith(")") ? " (BC)" : ""}`;
    if (to.name === "timestamp" || input.zone === undefined) return cast(`'${local}'`, engineType(to));
    if (/^[+-]/.test(input.zone)) return cast(`'${local}${input.zone}'`, "TIMESTAMPTZ");
    return `timezone(${script("zone", quoted(input.zone))}, CAST('${local}' AS TIMESTAMP))`;
  } catch (error) {
    if (!(error instanceof DateTimeInputError)) throw error;
    throw dateTimeError(text, to, error.reason);
  }
}

function timeLiteral(text: string, to: SqlType): string {
  const { microseconds, zone } = parseTime(text);
  if (to.name === "time") return cast(`'${isoTime(microseconds)}'`, "TIME");
  return cast(
    `'${isoTime(microseconds)}${zone !== undefined && /^[+-]/.test(zone) ? zone : "+00:00"}'`,
    "TIMETZ",
  );
}

export function dateTimeError(text: string, to: SqlType, reason: "syntax" | "range"): SqlError {
  if (reason === "range") return new SqlError("22008", `date/time field value out of range: "${text}"`);
  const name = to.name === "timestamptz" ? "timestamp with time zone" : bareTypeText(to);
  return new SqlError(
    "22007",
    `invalid input syntax for type ${to.name === "date" ? "date" : name}: "${text}"`,
  );
}
