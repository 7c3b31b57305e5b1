import type { Span } from "../../position.ts";
import type { Identifier, QualifiedName } from "./name.ts";
import type { IamRole } from "./schema.ts";

/**
 * COPY t FROM ... Whether texts fit (roles, formats of dates, numbers of characters of a delimiter) is judged by
 * the one who runs it; what the grammar itself forbids (a parameter twice, two formats) is refused by the parser.
 */
export interface Copy {
  readonly kind: "copy";
  readonly table: QualifiedName;
  readonly columns: readonly Identifier[];
  /** `s3://...`, `dynamodb://...`, `emr://...`, or an S3 object for SSH. */
  readonly source: string;
  readonly sourceSpan: Span;
  readonly authorization: CopyAuthorization | undefined;
  readonly format: CopyFormat;
  readonly options: CopyOptions;
  /** JOB CREATE: auto-COPY. */
  readonly job: { readonly name: Identifier; readonly auto: boolean } | undefined;
  readonly span: Span;
}

export type CopyAuthorization =
  | { readonly kind: "iam-role"; readonly role: IamRole }
  /** CREDENTIALS 'aws_iam_role=...' or 'aws_access_key_id=...;aws_secret_access_key=...[;token=...][;master_symmetric_key=...]', as written. */
  | { readonly kind: "credentials"; readonly text: string }
  | {
      readonly kind: "keys";
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly sessionToken: string | undefined;
    };

export type CopyFormat =
  /** Nothing was said, or DELIMITER alone: text, `|` by default. */
  | { readonly kind: "delimited" }
  | { readonly kind: "csv"; readonly quote: string | undefined }
  | { readonly kind: "fixedwidth"; readonly specification: string }
  /** `auto`, `auto ignorecase`, `noshred`, or an S3 URI of JSONPaths. */
  | { readonly kind: "json"; readonly argument: string }
  | { readonly kind: "avro"; readonly argument: string }
  | { readonly kind: "parquet" | "orc" | "rcfile" | "sequencefile" }
  | {
      readonly kind: "shapefile";
      readonly simplify: { readonly auto: boolean; readonly tolerance: string | undefined } | undefined;
    };

export type Compression = "gzip" | "bzip2" | "lzop" | "zstd";

/** Undefined: not written. */
export interface CopyOptions {
  readonly delimiter: string | undefined;
  readonly compression: Compression | undefined;
  readonly manifest: boolean;
  readonly encrypted: boolean;
  readonly masterSymmetricKey: string | undefined;
  readonly region: string | undefined;
  readonly ssh: boolean;
  readonly readRatio: number | undefined;
  readonly acceptAnyDate: boolean;
  /** ACCEPTINVCHARS: its replacement, `?` when none was written. */
  readonly acceptInvChars: string | undefined;
  readonly blanksAsNull: boolean;
  readonly dateFormat: string | undefined;
  readonly emptyAsNull: boolean;
  readonly encoding: string | undefined;
  readonly escape: boolean;
  readonly explicitIds: boolean;
  readonly fillRecord: boolean;
  readonly ignoreBlankLines: boolean;
  readonly ignoreHeader: number | undefined;
  readonly nullAs: string | undefined;
  readonly removeQuotes: boolean;
  readonly roundEc: boolean;
  readonly timeFormat: string | undefined;
  readonly trimBlanks: boolean;
  readonly truncateColumns: boolean;
  readonly serializeToJson: boolean;
  readonly compRows: number | undefined;
  readonly compUpdate: "on" | "off" | "preset" | undefined;
  readonly statUpdate: boolean | undefined;
  readonly maxError: number | undefined;
  readonly ignoreAllErrors: boolean;
  readonly noLoad: boolean;
}
