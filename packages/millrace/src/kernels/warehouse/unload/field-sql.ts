import type { SqlType, TypeName } from "../../../sql/redshift/types.ts";
import { quoteString } from "../engine/quote.ts";
import type { UnloadColumn } from "./unload-columns.ts";
import type { UnloadSettings } from "./unload-options.ts";

const textTypes: ReadonlySet<TypeName> = new Set<TypeName>([
  ...(["character", "character varying", "text", "name", "char", "super"] as const),
]);

/**
 * Engine SQL of a field as it stands in the file, which is never NULL; undefined where the engine's text of a
 * value is not Redshift's, or the format is not the engine's business (FIXEDWIDTH).
 * @param name how the engine calls the column
 */
export function fieldSql(
  { name: shown, type }: UnloadColumn,
  name: string,
  settings: UnloadSettings,
  extraFloatDigits: number,
): string | undefined {
  if (settings.widths !== undefined) return undefined;
  const text = textSql(type, name, extraFloatDigits);
  if (text === undefined) return undefined;
  if (settings.format === "json") return jsonSql(`${JSON.stringify(shown)}:`, text, type);
  const nullText = quoteString(type.name === "super" ? "null" : settings.nullText);
  if (settings.format === "csv") return `coalesce(${csvSql(text, type, settings.delimiter)}, ${nullText})`;
  const field = `coalesce(${settings.escape && textTypes.has(type.name) ? escapedSql(text, settings) : text}, ${nullText})`;
  return settings.addQuotes ? `'"' || ${field} || '"'` : field;
}

/** As values/text-of.ts has it; a test compares the two. */
function textSql(type: SqlType, name: string, extraFloatDigits: number): string | undefined {
  const plain = `CAST(${name} AS VARCHAR)`;
  switch (type.name) {
    case "smallint":
    case "integer":
    case "bigint":
    case "oid":
    case "time":
    case "super":
    case "character varying":
    case "text":
    case "name":
    case "char":
      return plain;
    case "numeric":
      return `CAST(CAST(${name} AS DECIMAL(${type.precision ?? 18}, ${type.scale ?? 0})) AS VARCHAR)`;
    case "boolean":
      return `CASE ${name} WHEN true THEN 't' WHEN false THEN 'f' END`;
    case "character":
      return `${name} || repeat(' ', greatest(0, ${type.length ?? 1} - strlen(${name})))`;
    case "date":
    case "timestamp":
      return `CASE WHEN isfinite(${name}) AND ${name} < DATE '0001-01-01' THEN replace(${plain}, ' (BC)', '') || ' BC' ELSE ${plain} END`;
    case "real":
      return floatSql(name, 6 + extraFloatDigits, extraFloatDigits);
    case "double precision":
      return floatSql(name, 15 + extraFloatDigits, extraFloatDigits);
    default:
      return undefined;
  }
}

/** C's `%.15g`, as PostgreSQL prints floats unless it is asked for more digits than a decimal text keeps. */
function floatSql(name: string, digits: number, extraFloatDigits: number): string | undefined {
  if (extraFloatDigits > 0) return undefined;
  const infinite = `WHEN isinf(${name}) THEN CASE WHEN ${name} > 0 THEN 'Infinity' ELSE '-Infinity' END`;
  const finite = `printf('%.${Math.max(1, digits)}g', CAST(${name} AS DOUBLE))`;
  return `CASE WHEN ${name} IS NULL THEN NULL WHEN isnan(${name}) THEN 'NaN' ${infinite} ELSE ${finite} END`;
}

/** Fields without text need quotes only when the delimiter may stand in a number or a date. */
function csvSql(text: string, type: SqlType, delimiter: string): string {
  if (!textTypes.has(type.name) && !/[\w .:+-]/.test(delimiter)) return text;
  const special = [quoteString(delimiter), `'"'`, "chr(10)", "chr(13)"];
  const tests = special.map((sign) => `contains(${text}, ${sign})`);
  return `CASE WHEN ${tests.join(" OR ")} THEN '"' || replace(${text}, '"', '""') || '"' ELSE ${text} END`;
}

/** The backslash first, so that those that are put in are not doubled. */
function escapedSql(text: string, { delimiter, addQuotes }: UnloadSettings): string {
  const quotes = addQuotes ? [`'"'`, `''''`] : [];
  const signs = new Set([`'\\'`, "chr(10)", "chr(13)", quoteString(delimiter), ...quotes]);
  let escaped = text;
  for (const sign of signs) escaped = `replace(${escaped}, ${sign}, '\\' || ${sign})`;
  // Most texts need none of it, and looking for it is much cheaper.
  const tests = [...signs].map((sign) => `contains(${text}, ${sign})`);
  return `CASE WHEN ${tests.join(" OR ")} THEN ${escaped} ELSE ${text} END`;
}

const numbers: ReadonlySet<TypeName> = new Set<TypeName>([
  ...(["smallint", "integer", "bigint", "numeric", "oid", "super"] as const),
]);

function jsonSql(key: string, text: string, type: SqlType): string {
  const quoted = `CAST(to_json(${text}) AS VARCHAR)`;
  const isFloat = type.name === "real" || type.name === "double precision";
  // NaN and Infinity are no numbers of JSON.
  const value = numbers.has(type.name)
    ? text
    : isFloat
      ? `CASE WHEN regexp_matches(${text}, '[0-9]$') THEN ${text} ELSE ${quoted} END`
      : quoted;
  return `${quoteString(key)} || coalesce(${value}, 'null')`;
}
