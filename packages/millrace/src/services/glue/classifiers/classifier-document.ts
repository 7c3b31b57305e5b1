import type { Classifier } from "@aws-sdk/client-glue";
import type { Owner } from "../document-table.ts";
import type { CustomClassifier } from "./custom-classifier.ts";

/** A custom classifier as it is kept. */
export interface ClassifierDocument extends Owner {
  readonly definition: CustomClassifier;
  readonly createdMs: number;
  readonly updatedMs: number;
  /** 1 when it is created, one more with each update. */
  readonly version: number;
}

/** A classifier as clients see it. */
export function classifierOf(document: ClassifierDocument): Classifier {
  const { definition } = document;
  const known = {
    Name: definition.name,
    CreationTime: new Date(document.createdMs),
    LastUpdated: new Date(document.updatedMs),
    Version: document.version,
  };
  switch (definition.kind) {
    case "grok": {
      const { classification, grokPattern, customPatterns } = definition;
      const GrokClassifier = { ...known, Classification: classification, GrokPattern: grokPattern };
      return { GrokClassifier: { ...GrokClassifier, CustomPatterns: customPatterns } };
    }
    case "xml": {
      const { classification, rowTag } = definition;
      return { XMLClassifier: { ...known, Classification: classification, RowTag: rowTag } };
    }
    case "json":
      return { JsonClassifier: { ...known, JsonPath: definition.jsonPath } };
    case "csv":
      return {
        CsvClassifier: {
          ...known,
          Delimiter: definition.delimiter,
          QuoteSymbol: definition.quoteSymbol,
          ContainsHeader: definition.containsHeader,
          Header: definition.header && [...definition.header],
          DisableValueTrimming: definition.disableValueTrimming,
          AllowSingleColumn: definition.allowSingleColumn,
          CustomDatatypeConfigured: definition.customDatatypeConfigured,
          CustomDatatypes: definition.customDatatypes && [...definition.customDatatypes],
          Serde: definition.serde,
        },
      };
  }
}
