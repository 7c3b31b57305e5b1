import { quoteText } from "./quote.ts";

/** From here on rows of literals are handed to the engine as one text: planning a literal each costs it much more. */
const minPackedRows = 50;

/** Texts of a list are packed from here on. */
export const minPackedItems = 100;

const text = "'[^']*(?:''[^']*)*'";
const digits = String.raw`-?\d+`;
const literal = new RegExp(String.raw`^(?:NULL|TRUE|FALSE|\(?${digits}\)?|${text})$`);
/** A cast of a text, or of digits where the text of the digits is cast to the same value. */
const castLiteral = new RegExp(
  String.raw`^CAST\((?:(${text})|(-?\d+(?:\.\d+)?)|NULL) AS ([A-Z]+(?:\(\d+,\d+\))?)\)$`,
);

interface Cell {
  readonly value: string | null;
  /** The engine's type; undefined where it follows from the column. */
  readonly type: string | undefined;
}

/**
 * Rows of printed literals as a query that gives the same rows in the same order; undefined where some cell is
 * something else, or they are few. @param types what the engine's columns are
 */
export function packedRows(
  rows: readonly (readonly string[])[],
  types: readonly string[],
  rest: readonly string[],
): string | undefined {
  if (rows.length < minPackedRows) return undefined;
  const shared = types.map((_, index) => sharedText(rows, index));
  const values: (string | null)[][] = [];
  for (const row of rows) {
    const cells: (string | null)[] = [];
    for (const [index, type] of types.entries()) {
      if (shared[index] !== undefined) continue;
      const cell = cellOf(row[index] ?? "", type);
      if (cell === undefined || (cell.type !== undefined && cell.type !== type)) return undefined;
      cells.push(cell.value);
    }
    values.push(cells);
  }
  let place = 0;
  const list = types.map((type, index) => shared[index] ?? `CAST(v[${++place}] AS ${type})`);
  const json = quoteText(JSON.stringify(values));
  return `SELECT ${[...list, ...rest].join(", ")} FROM (SELECT unnest(from_json(${json}, '[["VARCHAR"]]')) AS v)`;
}

/** What each row has alike: a default, or the next number of an identity. */
function sharedText(rows: readonly (readonly string[])[], index: number): string | undefined {
  const first = rows[0]?.[index];
  return rows.every((row) => row[index] === first) ? first : undefined;
}

function cellOf(sql: string, type: string): Cell | undefined {
  if (literal.test(sql)) {
    if (sql === "NULL") return { value: null, type: undefined };
    if (sql.startsWith("'")) return type === "VARCHAR" ? { value: unquoted(sql), type } : undefined;
    if (sql === "TRUE" || sql === "FALSE") return { value: sql, type: "BOOLEAN" };
    return numberCell(sql.replace(/[()]/g, ""), type);
  }
  const [, quoted, number, castType] = castLiteral.exec(sql) ?? [];
  if (castType === undefined) return undefined;
  if (quoted !== undefined) return { value: unquoted(quoted), type: castType };
  return number === undefined ? { value: null, type: castType } : numberCell(number, castType);
}

const wholeDigits: Readonly<Record<string, number>> = Object.freeze({ SMALLINT: 4, INTEGER: 9, BIGINT: 18 });

/**
 * Digits whose text is cast to what they are: with a point they are rounded to a whole number in another way, and
 * what is too large is another error.
 */
function numberCell(number: string, type: string): Cell | undefined {
  const [whole = "", fraction = ""] = number.replace("-", "").split(".");
  const [, precision, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? [];
  const fits =
    precision === undefined
      ? fraction === "" && whole.length <= (wholeDigits[type] ?? 0)
      : whole.length < Number(precision) - Number(scale) ||
        (whole === "0" && fraction.length <= Number(scale));
  return fits ? { value: number, type } : undefined;
}

function unquoted(quoted: string): string {
  return quoted.slice(1, -1).replaceAll("''", "'");
}

/** Texts as a subquery of one column, for IN. */
export function packedTexts(texts: readonly string[]): string {
  return `SELECT unnest(from_json(${quoteText(JSON.stringify(texts))}, '["VARCHAR"]'))`;
}
