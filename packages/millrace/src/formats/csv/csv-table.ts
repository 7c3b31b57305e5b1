import type { StructField } from "../schema/hive-type.ts";
import { csvDelimiters, guessDelimiter } from "./csv-delimiter.ts";
import { decideHeader } from "./csv-header.ts";
import { CsvReader } from "./csv-records.ts";
import { kindOfText, textKind, typeOfKinds } from "./value-kind.ts";

/** Records that are looked at for their types (Glue reads the first 1,000 or the first MB). */
const maxRecords = 1_000;

/** Columns of a table; records with more are not taken for CSV. */
const maxColumns = 10_000;

/** What is known about the text beforehand; what is undefined is found out. */
export interface CsvHints {
  readonly delimiter?: string | undefined;
  readonly quote?: string | undefined;
  readonly header: "detect" | "present" | "absent";
  /** Names of the columns, which go before those of a header. */
  readonly names?: readonly string[] | undefined;
  readonly allowSingleColumn: boolean;
  readonly trim: boolean;
  /** Records of data without which the text is not taken for CSV. */
  readonly minRecords: number;
}

/** What Glue's built-in classifier assumes: at least two columns and two records of data. */
export const builtInHints: CsvHints = Object.freeze({
  quote: '"',
  header: "detect",
  allowSingleColumn: false,
  trim: true,
  minRecords: 2,
});

/** A table of delimited text. */
export interface CsvTable {
  readonly delimiter: string;
  /** Columns of nothing but missing values have the type void. */
  readonly columns: readonly StructField[];
  readonly header: boolean;
  readonly quoted: boolean;
  readonly records: number;
  /** Characters of the records that were looked at. */
  readonly recordCharacters: number;
  /** Whether these were all records of the text. */
  readonly isWhole: boolean;
  readonly why: readonly string[];
}

/** The table in the text, or the sentence that says why there is none. */
export function readCsvTable(text: string, hints: CsvHints): CsvTable | string {
  const cut = chooseDelimiter(text, hints);
  if (typeof cut === "string") return cut;
  const reader = new CsvReader(text, { delimiter: cut.delimiter, quote: hints.quote });
  const first = reader.next();
  if (first === undefined) return "there are no records";
  const headerCharacters = reader.offset;
  const rows = readRows(reader, hints.trim);
  const firstFields = hints.trim ? first.fields.map((field) => field.trim()) : first.fields;
  const decision = headerOf(firstFields, rows.kinds, hints);
  const records = rows.records + (decision.header ? 0 : 1);
  if (records < hints.minRecords) {
    return `there are ${records} records of data, and it takes ${hints.minRecords}`;
  }
  if (!decision.header) addRow(rows.kinds, firstFields, hints.trim);
  const width = Math.max(rows.kinds.length, firstFields.length, hints.names?.length ?? 0);
  if (width > maxColumns) return `there are more than ${maxColumns} columns`;
  if (width < 2 && !hints.allowSingleColumn) return "there is one column only";
  return {
    delimiter: cut.delimiter,
    columns: namedColumns(hints.names, decision.header ? firstFields : [], rows.kinds, width),
    header: decision.header,
    quoted: rows.quoted || first.quoted,
    records,
    isWhole: reader.offset >= text.length,
    recordCharacters: reader.offset - (decision.header ? headerCharacters : 0),
    why: [cut.why, decision.why],
  };
}

function chooseDelimiter(text: string, hints: CsvHints): { delimiter: string; why: string } | string {
  const given = hints.delimiter;
  if (given !== undefined) {
    if (!text.includes(given) && !hints.allowSingleColumn) {
      return `the delimiter ${nameOf(given)} does not occur`;
    }
    return { delimiter: given, why: `the delimiter ${nameOf(given)} is given` };
  }
  const guess = guessDelimiter(text, hints.quote, csvDelimiters);
  if (guess === undefined) {
    if (hints.allowSingleColumn) return { delimiter: ",", why: "one column, without a delimiter" };
    return "no delimiter gives two or more columns in most of the records";
  }
  const agreement = `${Math.floor(guess.agreement * 100)} % of the records`;
  return {
    delimiter: guess.delimiter,
    why: `the delimiter is ${nameOf(guess.delimiter)}: ${guess.columns} columns in ${agreement}`,
  };
}

interface Rows {
  readonly kinds: number[];
  readonly records: number;
  readonly quoted: boolean;
}

function readRows(reader: CsvReader, trim: boolean): Rows {
  const kinds: number[] = [];
  let records = 0;
  let quoted = false;
  for (; records < maxRecords; records += 1) {
    const record = reader.next();
    if (record === undefined) break;
    quoted ||= record.quoted;
    addRow(kinds, record.fields, trim);
  }
  return { kinds, records, quoted };
}

function addRow(kinds: number[], fields: readonly string[], trim: boolean): void {
  for (let index = 0; index < fields.length; index += 1) {
    const field = fields[index] ?? "";
    kinds[index] = (kinds[index] ?? 0) | kindOfText(trim ? field.trim() : field);
  }
}

function headerOf(
  first: readonly string[],
  kinds: readonly number[],
  hints: CsvHints,
): { header: boolean; why: string } {
  if (hints.header === "present") return { header: true, why: "a header is said to be present" };
  if (hints.header === "absent") return { header: false, why: "a header is said to be absent" };
  const { names } = hints;
  if (names !== undefined) {
    const same = first.every((field, index) => field.toLowerCase() === names[index]?.toLowerCase());
    return { header: same, why: `the first record ${same ? "is" : "is not"} the given header` };
  }
  return decideHeader(first, kinds);
}

/** Names are lower-case, as all of the catalog's are; one that is missing or taken is made from its place. */
function namedColumns(
  given: readonly string[] | undefined,
  header: readonly string[],
  kinds: readonly number[],
  width: number,
): StructField[] {
  const named = given ?? header;
  // A trailing delimiter makes a last column that nobody named and that is always empty.
  const trailing = named.length > 0 && width > 1 && isBlank(named[width - 1]) && isEmpty(kinds[width - 1]);
  const columns: StructField[] = [];
  const taken = new Set<string>();
  for (let index = 0; index < (trailing ? width - 1 : width); index += 1) {
    const wanted = (named[index] ?? "").trim().toLowerCase();
    let name = wanted === "" ? `col${index}` : wanted;
    for (let copy = 1; taken.has(name); copy += 1) name = `${wanted === "" ? `col${index}` : wanted}_${copy}`;
    taken.add(name);
    columns.push({ name, type: typeOfKinds(kinds[index] ?? textKind.empty) });
  }
  return columns;
}

function isBlank(name: string | undefined): boolean {
  return (name ?? "").trim() === "";
}

function isEmpty(kinds: number | undefined): boolean {
  return ((kinds ?? 0) & ~textKind.empty) === 0;
}

function nameOf(delimiter: string): string {
  if (delimiter === "\t") return "tab";
  return delimiter === "\u0001" ? "Ctrl-A" : `"${delimiter}"`;
}
