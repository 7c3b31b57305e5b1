import { builtInHints, type CsvTable, readCsvTable } from "../../../../formats/csv/csv-table.ts";
import type { Sample } from "../../../../formats/sniff/sample.ts";
import { isText, isUtf16, textOf } from "../../../../formats/sniff/text.ts";
import type { SerdeDescription } from "../classification.ts";
import { columnsOf } from "../columns.ts";
import { estimateFrom, parametersOf, serde, serdeLibraries, textClasses } from "../found.ts";
import { type Classifier, type Found, no, sampleBytes, type Verdict } from "../verdict.ts";

export const csvClassifier: Classifier = { name: "csv", custom: false, judge };

async function judge(sample: Sample): Promise<Verdict> {
  const text = await csvText(sample);
  if (text.problem !== undefined) return no(`csv: ${text.problem}`);
  const table = readCsvTable(text.text, builtInHints);
  if (typeof table === "string") return no(`csv: ${table}`);
  const library = serde(serdeLibraries.lazySimple, { "field.delim": table.delimiter });
  return { kind: "match", found: describeCsv(sample, table, library) };
}

export async function csvText(sample: Sample): Promise<{ text: string; problem?: string }> {
  const content = await sample.take(sampleBytes);
  if (isUtf16(content)) return { text: "", problem: "it is text in UTF-16, which is not read" };
  if (!isText(content)) return { text: "", problem: "it is binary data" };
  return { text: textOf(content, sample.complete) };
}

export function describeCsv(sample: Sample, table: CsvTable, library: SerdeDescription): Found {
  const why = [...table.why];
  if (table.quoted && library.library === serdeLibraries.lazySimple) {
    why.push("some fields are quoted, which LazySimpleSerDe does not take off; OpenCSVSerDe does");
  }
  return {
    classification: "csv",
    certainty: 1,
    columns: columnsOf(table.columns),
    parameters: {
      ...parametersOf(sample, "csv"),
      areColumnsQuoted: String(table.quoted),
      columnsOrdered: "true",
      delimiter: table.delimiter,
      ...(table.header ? { "skip.header.line.count": "1" } : {}),
    },
    serde: library,
    ...textClasses,
    estimates: estimateFrom(sample, table.records, table.recordCharacters, sample.complete && table.isWhole),
    why: why.map((sentence) => `csv: ${sentence}`),
  };
}
