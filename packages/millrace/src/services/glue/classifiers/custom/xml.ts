import type { Sample } from "../../../../formats/sniff/sample.ts";
import { readXmlRows } from "../../../../formats/xml/xml-rows.ts";
import { describeXml, xmlText } from "../built-in/xml.ts";
import type { XmlClassifier } from "../custom-classifier.ts";
import { type Classifier, no, type Verdict } from "../verdict.ts";

/** A classifier of documents whose rows are the elements of one name. */
export function customXmlClassifier(definition: XmlClassifier): Classifier {
  const { name, classification, rowTag } = definition;
  const judge = async (sample: Sample): Promise<Verdict> => {
    const text = await xmlText(sample);
    if (text === undefined) return no('it does not begin with "<"');
    const rows = await readXmlRows(text, rowTag);
    if (typeof rows === "string") return no(rows);
    return { kind: "match", found: describeXml(sample, rows, classification, text.length) };
  };
  return { name, custom: true, judge };
}
