/** What an application of the retired dialect is connected with, in the names of the service's API. */
export interface ApplicationConnections {
  readonly inputs: readonly ApplicationInput[];
  readonly outputs: readonly ApplicationOutput[];
  readonly referenceTables: readonly ReferenceTable[];
}

/** A stream that flows into the application. */
export interface ApplicationInput {
  /** NamePrefix: the in-application streams are `<prefix>_001`, `<prefix>_002`, ... */
  readonly namePrefix: string;
  /** InputParallelism.Count. */
  readonly parallelism: number;
  readonly schema: RecordSchema;
  readonly source: StreamEnd;
  /** Where reading begins; LATEST when nothing is said. */
  readonly startingPosition?: "TRIM_HORIZON" | "LATEST" | { readonly timestampMs: number } | undefined;
}

/** What an in-application stream flows out to. */
export interface ApplicationOutput {
  /** The in-application stream's name, in its case. */
  readonly name: string;
  /** DestinationSchema.RecordFormatType. */
  readonly recordFormat: "JSON" | "CSV";
  readonly destination: StreamEnd;
}

/** A table of an object in S3. */
export interface ReferenceTable {
  readonly tableName: string;
  readonly schema: RecordSchema;
  readonly bucketArn: string;
  readonly fileKey: string;
}

export type StreamEnd =
  | { readonly kind: "kinesis"; readonly streamArn: string }
  | { readonly kind: "firehose"; readonly deliveryStreamArn: string };

/** SourceSchema: RecordFormat and RecordColumns. */
export interface RecordSchema {
  readonly format:
    | { readonly type: "JSON"; readonly rowPath: string }
    | { readonly type: "CSV"; readonly rowDelimiter: string; readonly columnDelimiter: string };
  readonly columns: readonly RecordColumn[];
}

export interface RecordColumn {
  readonly name: string;
  /** `VARCHAR(16)`, `INTEGER`, `DOUBLE`, ... in the retired dialect's types. */
  readonly sqlType: string;
  /** `$.ticker` in JSON; of CSV undefined or the column's number. */
  readonly mapping: string | undefined;
}
