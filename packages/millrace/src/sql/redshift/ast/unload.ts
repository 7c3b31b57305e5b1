import type { Span } from "../../position.ts";
import type { Compression, CopyAuthorization } from "./copy.ts";
import type { Identifier } from "./name.ts";
import type { Query } from "./query.ts";

export interface Unload {
  readonly kind: "unload";
  /** The text in quotes, unescaped; errors inside of it have positions of their own text. */
  readonly queryText: string;
  /** Of the literal that holds the query. */
  readonly querySpan: Span;
  readonly query: Query;
  /** `s3://bucket/prefix` */
  readonly target: string;
  readonly targetSpan: Span;
  readonly authorization: CopyAuthorization | undefined;
  readonly format: "text" | "csv" | "json" | "parquet";
  readonly options: UnloadOptions;
  readonly span: Span;
}

/** Undefined: not written. */
export interface UnloadOptions {
  readonly partitionBy: { readonly columns: readonly Identifier[]; readonly include: boolean } | undefined;
  readonly manifest: "plain" | "verbose" | undefined;
  readonly header: boolean;
  readonly delimiter: string | undefined;
  readonly fixedWidth: string | undefined;
  /** ENCRYPTED [AUTO] */
  readonly encrypted: "plain" | "auto" | undefined;
  readonly kmsKeyId: string | undefined;
  readonly masterSymmetricKey: string | undefined;
  readonly compression: Exclude<Compression, "lzop"> | undefined;
  readonly addQuotes: boolean;
  readonly nullAs: string | undefined;
  readonly escape: boolean;
  readonly allowOverwrite: boolean;
  readonly cleanPath: boolean;
  readonly parallel: boolean | undefined;
  readonly maxFileSizeBytes: number | undefined;
  readonly rowGroupSizeBytes: number | undefined;
  readonly region: string | undefined;
  readonly extension: string | undefined;
}
