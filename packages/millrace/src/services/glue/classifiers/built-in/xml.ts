import type { Sample } from "../../../../formats/sniff/sample.ts";
import { textOf } from "../../../../formats/sniff/text.ts";
import { readXmlRows, type XmlRows } from "../../../../formats/xml/xml-rows.ts";
import { columnsOf } from "../columns.ts";
import { estimateFrom, noClasses, parametersOf, serde } from "../found.ts";
import { type Classifier, corrupt, type Found, no, sampleBytes, type Verdict } from "../verdict.ts";

export const xmlClassifier: Classifier = { name: "xml", custom: false, judge };

async function judge(sample: Sample): Promise<Verdict> {
  const text = await xmlText(sample);
  if (text === undefined) return no('xml: it does not begin with "<"');
  const rows = await readXmlRows(text, undefined);
  const declared = text.trimStart().startsWith("<?xml");
  if (typeof rows === "string") {
    return declared ? corrupt(sample, `The XML cannot be read: ${rows}.`) : no(`xml: ${rows}`);
  }
  if (sample.complete && !rows.closed) {
    const why = `the element at the top is not closed`;
    return declared ? corrupt(sample, `The XML was cut off: ${why}.`) : no(`xml: ${why}`);
  }
  return { kind: "match", found: describeXml(sample, rows, "xml", text.length) };
}

/** The text of the sample if it can be XML. */
export async function xmlText(sample: Sample): Promise<string | undefined> {
  const content = await sample.take(sampleBytes);
  if (!/^(?:\u00ef\u00bb\u00bf)?\s*</.test(content.toString("latin1", 0, 256))) return undefined;
  return textOf(content, sample.complete);
}

export function describeXml(
  sample: Sample,
  rows: XmlRows,
  classification: string,
  characters: number,
): Found {
  return {
    classification,
    certainty: 1,
    columns: columnsOf(rows.columns),
    parameters: { ...parametersOf(sample, classification), rowTag: rows.rowTag },
    serde: serde("", { rowTag: rows.rowTag }),
    ...noClasses,
    estimates: estimateFrom(sample, rows.rows, characters, sample.complete),
    why: [`xml: rows are the elements <${rows.rowTag}>, ${rows.rows} of them in the sample`],
  };
}
