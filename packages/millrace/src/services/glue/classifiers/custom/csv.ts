import { type CsvHints, type CsvTable, readCsvTable } from "../../../../formats/csv/csv-table.ts";
import { type HiveType, type PrimitiveName, primitive } from "../../../../formats/schema/hive-type.ts";
import type { Sample } from "../../../../formats/sniff/sample.ts";
import { csvText, describeCsv } from "../built-in/csv.ts";
import type { SerdeDescription } from "../classification.ts";
import type { CsvClassifier } from "../custom-classifier.ts";
import { serde, serdeLibraries } from "../found.ts";
import { type Classifier, no, type Verdict } from "../verdict.ts";

/** Custom data types by the words of the API. */
const datatypes: ReadonlyMap<string, PrimitiveName> = new Map<string, PrimitiveName>([
  ["BINARY", "binary"],
  ["BOOLEAN", "boolean"],
  ["DATE", "date"],
  ["DOUBLE", "double"],
  ["FLOAT", "float"],
  ["INT", "int"],
  ["LONG", "bigint"],
  ["SHORT", "smallint"],
  ["STRING", "string"],
  ["TIMESTAMP", "timestamp"],
]);

/** The type a word of the API stands for. */
export function customDatatype(word: string): HiveType | undefined {
  const upper = word.trim().toUpperCase();
  if (upper === "DECIMAL") return { kind: "decimal", precision: 38, scale: 18 };
  const name = datatypes.get(upper);
  return name === undefined ? undefined : primitive(name);
}

/** A classifier of delimited text about which the user says something. */
export function customCsvClassifier(definition: CsvClassifier): Classifier {
  const hints = hintsOf(definition);
  const judge = async (sample: Sample): Promise<Verdict> => {
    const text = await csvText(sample);
    if (text.problem !== undefined) return no(text.problem);
    const table = readCsvTable(text.text, hints);
    if (typeof table === "string") return no(table);
    if (definition.header !== undefined && table.columns.length > definition.header.length) {
      return no(`there are ${table.columns.length} columns, and names for ${definition.header.length}`);
    }
    const words = definition.customDatatypeConfigured === false ? undefined : definition.customDatatypes;
    const typed = { ...table, columns: withTypes(table, words) };
    return { kind: "match", found: describeCsv(sample, typed, serdeOf(definition, table)) };
  };
  return { name: definition.name, custom: true, judge };
}

function hintsOf(definition: CsvClassifier): CsvHints {
  const header = { UNKNOWN: "detect", PRESENT: "present", ABSENT: "absent" } as const;
  return {
    delimiter: definition.delimiter,
    quote: definition.quoteSymbol ?? '"',
    header: header[definition.containsHeader],
    names: definition.header,
    allowSingleColumn: definition.allowSingleColumn,
    trim: !definition.disableValueTrimming,
    minRecords: 1,
  };
}

/** Custom types go to the columns by their places. */
function withTypes(table: CsvTable, words: readonly string[] | undefined): CsvTable["columns"] {
  if (words === undefined) return table.columns;
  return table.columns.map((column, index) => {
    const type = customDatatype(words[index] ?? "");
    return type === undefined ? column : { ...column, type };
  });
}

/** The SerDe that is asked for; without one, OpenCSVSerDe where a quote symbol is given, because only it quotes. */
function serdeOf(definition: CsvClassifier, table: CsvTable): SerdeDescription {
  const asked = definition.serde ?? "None";
  const quotes = definition.quoteSymbol !== undefined;
  if (asked === "OpenCSVSerDe" || (asked === "None" && quotes)) {
    const quoteChar = definition.quoteSymbol ?? '"';
    return serde(serdeLibraries.openCsv, { separatorChar: table.delimiter, quoteChar, escapeChar: "\\" });
  }
  return serde(serdeLibraries.lazySimple, { "field.delim": table.delimiter });
}
