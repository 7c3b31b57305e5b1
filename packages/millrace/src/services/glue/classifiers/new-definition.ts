import type { CreateClassifierRequest, UpdateClassifierRequest } from "@aws-sdk/client-glue";
import type { Input } from "../../../gateway/service.ts";
import { invalidInput } from "../errors.ts";
import { customDatatype } from "./custom/csv.ts";
import type { CsvClassifier, CustomClassifier } from "./custom-classifier.ts";

/** The API's members for the kinds of classifiers. */
type ClassifierInput = Input<CreateClassifierRequest> | Input<UpdateClassifierRequest>;

/** The name in an input, which holds exactly one kind of classifier. */
export function nameIn(input: ClassifierInput): string {
  const kinds = [input.GrokClassifier, input.XMLClassifier, input.JsonClassifier, input.CsvClassifier];
  const [only, ...others] = kinds.filter((kind) => kind !== undefined);
  if (only === undefined || others.length > 0) {
    throw invalidInput(
      "Exactly one of GrokClassifier, XMLClassifier, JsonClassifier and CsvClassifier is needed.",
    );
  }
  return only.Name;
}

/** A new classifier. Like AWS, it takes patterns and paths that a crawl will not be able to use. */
export function definitionFrom(input: Input<CreateClassifierRequest>): CustomClassifier {
  const { GrokClassifier: grok, XMLClassifier: xml, JsonClassifier: json, CsvClassifier: csv } = input;
  const name = nameIn(input);
  if (grok !== undefined) {
    const { Classification: classification, GrokPattern: grokPattern, CustomPatterns: customPatterns } = grok;
    return { kind: "grok", name, classification, grokPattern, customPatterns };
  }
  if (xml !== undefined) return { kind: "xml", name, classification: xml.Classification, rowTag: xml.RowTag };
  if (json !== undefined) return { kind: "json", name, jsonPath: json.JsonPath };
  return checked(csvWith(emptyCsv(name), csv ?? {}));
}

/** What an update makes of a classifier: members that it does not have stay. */
export function updatedDefinition(
  current: CustomClassifier,
  input: Input<UpdateClassifierRequest>,
): CustomClassifier {
  const { GrokClassifier: grok, XMLClassifier: xml, JsonClassifier: json, CsvClassifier: csv } = input;
  if (current.kind === "grok" && grok !== undefined) {
    return {
      ...current,
      classification: grok.Classification ?? current.classification,
      grokPattern: grok.GrokPattern ?? current.grokPattern,
      customPatterns: grok.CustomPatterns ?? current.customPatterns,
    };
  }
  if (current.kind === "xml" && xml !== undefined) {
    const { Classification: classification = current.classification, RowTag: rowTag = current.rowTag } = xml;
    return { ...current, classification, rowTag };
  }
  if (current.kind === "json" && json !== undefined) {
    return { ...current, jsonPath: json.JsonPath ?? current.jsonPath };
  }
  if (current.kind === "csv" && csv !== undefined) return checked(csvWith(current, csv));
  throw invalidInput(
    `Classifier ${current.name} is a ${current.kind} classifier, which an update cannot change.`,
  );
}

/** Values are not trimmed unless the classifier says so (AWS Glue API, CsvClassifier). */
function emptyCsv(name: string): CsvClassifier {
  return {
    kind: "csv",
    name,
    delimiter: undefined,
    quoteSymbol: undefined,
    containsHeader: "UNKNOWN",
    header: undefined,
    disableValueTrimming: true,
    allowSingleColumn: false,
    customDatatypeConfigured: undefined,
    customDatatypes: undefined,
    serde: undefined,
  };
}

type CsvInput = Partial<NonNullable<ClassifierInput["CsvClassifier"]>>;

function csvWith(current: CsvClassifier, csv: CsvInput): CsvClassifier {
  return {
    ...current,
    delimiter: csv.Delimiter ?? current.delimiter,
    quoteSymbol: csv.QuoteSymbol ?? current.quoteSymbol,
    containsHeader: csv.ContainsHeader ?? current.containsHeader,
    header: csv.Header ?? current.header,
    disableValueTrimming: csv.DisableValueTrimming ?? current.disableValueTrimming,
    allowSingleColumn: csv.AllowSingleColumn ?? current.allowSingleColumn,
    customDatatypeConfigured: csv.CustomDatatypeConfigured ?? current.customDatatypeConfigured,
    customDatatypes: csv.CustomDatatypes ?? current.customDatatypes,
    serde: csv.Serde ?? current.serde,
  };
}

function checked(csv: CsvClassifier): CsvClassifier {
  if (csv.delimiter !== undefined && csv.delimiter === csv.quoteSymbol) {
    throw invalidInput("The quote symbol must be different from the column delimiter.");
  }
  const names = (csv.header ?? []).map((name) => name.toLowerCase());
  if (new Set(names).size < names.length) throw invalidInput("The header names a column twice.");
  const wrong = (csv.customDatatypes ?? []).find((word) => customDatatype(word) === undefined);
  if (wrong !== undefined) throw invalidInput(`${wrong} is not a supported custom datatype.`);
  return csv;
}
