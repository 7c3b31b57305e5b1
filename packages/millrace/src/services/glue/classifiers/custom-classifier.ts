/** A custom classifier as it is stored; the members are those of AWS's API in our spelling. */
export type CustomClassifier = GrokClassifier | XmlClassifier | JsonClassifier | CsvClassifier;

/** Lines that match a pattern. */
export interface GrokClassifier {
  readonly kind: "grok";
  readonly name: string;
  readonly classification: string;
  readonly grokPattern: string;
  /** Lines of `NAME regular expression`. */
  readonly customPatterns: string | undefined;
}

/** Rows are the elements of one name. */
export interface XmlClassifier {
  readonly kind: "xml";
  readonly name: string;
  readonly classification: string;
  /** Without one, rows are found as the built-in classifier finds them. */
  readonly rowTag: string | undefined;
}

/** Rows are what a JsonPath selects. */
export interface JsonClassifier {
  readonly kind: "json";
  readonly name: string;
  readonly jsonPath: string;
}

/** Delimited text with what is known about it; what is undefined is found out. */
export interface CsvClassifier {
  readonly kind: "csv";
  readonly name: string;
  readonly delimiter: string | undefined;
  readonly quoteSymbol: string | undefined;
  readonly containsHeader: "UNKNOWN" | "PRESENT" | "ABSENT";
  readonly header: readonly string[] | undefined;
  readonly disableValueTrimming: boolean;
  readonly allowSingleColumn: boolean;
  /** Whether the data types that follow are meant; they are unless it says no. */
  readonly customDatatypeConfigured: boolean | undefined;
  readonly customDatatypes: readonly string[] | undefined;
  readonly serde: "OpenCSVSerDe" | "LazySimpleSerDe" | "None" | undefined;
}
