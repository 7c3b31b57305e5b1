import type { Unload } from "../../../sql/redshift/ast/unload.ts";
import { checkUnload } from "../../../sql/redshift/parser/copy-conflicts.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { clientSideEncryption } from "../copy/source/object-identity.ts";

const megaByte = 1024 * 1024;
const minFileBytes = 5 * megaByte;
/** 6.2 GB, which is also what a file may have when nothing is said. */
const maxFileBytes = Math.floor(6.2 * 1024 * megaByte);
const minRowGroupBytes = 32 * megaByte;
const maxRowGroupBytes = 128 * megaByte;

/** What UNLOAD's options say, with their defaults, checked. */
export interface UnloadSettings {
  readonly format: Unload["format"];
  readonly delimiter: string;
  readonly escape: boolean;
  readonly addQuotes: boolean;
  readonly header: boolean;
  readonly nullText: string;
  /** Undefined: not FIXEDWIDTH. */
  readonly widths: readonly number[] | undefined;
  readonly compression: "none" | "gzip" | "zstd";
  readonly partitionBy: readonly string[];
  /** Partition columns stand in the files, too. */
  readonly include: boolean;
  readonly parallel: boolean;
  readonly manifest: "plain" | "verbose" | undefined;
  readonly allowOverwrite: boolean;
  readonly cleanPath: boolean;
  readonly kmsKeyId: string | undefined;
  readonly maxFileBytes: number;
  readonly rowGroupBytes: number;
  /** What the names of files end with, with its dot. */
  readonly extension: string;
}

/** @throws SqlError for what does not fit together, and by name for what Millrace does not do */
export function unloadSettings(unload: Unload): UnloadSettings {
  const { options, format } = unload;
  checkUnload(unload);
  checkEncryption(unload);
  if (options.compression === "bzip2")
    throw new SqlError("0A000", "UNLOAD with BZIP2 compression is not supported; use GZIP or ZSTD");
  const compression = options.compression ?? "none";
  const delimiter = delimiterOf(unload);
  return {
    ...{ format, delimiter, compression },
    escape: options.escape,
    addQuotes: options.addQuotes,
    header: options.header,
    nullText: options.nullAs ?? "",
    widths: options.fixedWidth === undefined ? undefined : widthsOf(options.fixedWidth),
    partitionBy: (options.partitionBy?.columns ?? []).map(({ name }) => name),
    include: options.partitionBy?.include ?? false,
    parallel: options.parallel ?? true,
    manifest: options.manifest,
    allowOverwrite: options.allowOverwrite,
    cleanPath: options.cleanPath,
    kmsKeyId: options.kmsKeyId,
    maxFileBytes: between(
      "MAXFILESIZE",
      options.maxFileSizeBytes ?? maxFileBytes,
      [minFileBytes, maxFileBytes],
      "5 MB and 6.2 GB",
    ),
    rowGroupBytes: between(
      "ROWGROUPSIZE",
      options.rowGroupSizeBytes ?? minRowGroupBytes,
      [minRowGroupBytes, maxRowGroupBytes],
      "32 MB and 128 MB",
    ),
    extension: extensionOf(unload, compression),
  };
}

function checkEncryption({ options, authorization }: Unload): void {
  const { encrypted, kmsKeyId, masterSymmetricKey } = options;
  const isText = authorization?.kind === "credentials";
  if (masterSymmetricKey !== undefined || (isText && /master_symmetric_key\s*=/i.test(authorization.text)))
    throw clientSideEncryption();
  if (kmsKeyId === undefined) {
    if (encrypted === "plain")
      throw new SqlError("22023", "ENCRYPTED requires KMS_KEY_ID or MASTER_SYMMETRIC_KEY, or AUTO");
    return;
  }
  if (encrypted === undefined) throw new SqlError("22023", "KMS_KEY_ID requires ENCRYPTED");
  if (encrypted === "auto") throw new SqlError("0A000", "ENCRYPTED AUTO is not compatible with KMS_KEY_ID");
  if (isText) throw new SqlError("0A000", "CREDENTIALS is not compatible with KMS_KEY_ID");
}

function delimiterOf({ format, options }: Unload): string {
  const written = options.delimiter ?? (format === "csv" ? "," : "|");
  const delimiter = written === "\\t" ? "\t" : written;
  if (delimiter.length !== 1 || delimiter === "\0" || delimiter > "\x7f")
    throw new SqlError("22023", "UNLOAD delimiter must be a single ASCII character");
  if (/[\r\n]/.test(delimiter))
    throw new SqlError("22023", "UNLOAD delimiter cannot be newline or carriage return");
  if (format === "csv" && delimiter === '"')
    throw new SqlError("22023", "UNLOAD delimiter and quote must be different");
  return delimiter;
}

/** `name:width,name:width`; the names are labels only. */
function widthsOf(specification: string): readonly number[] {
  return specification.split(",").map((part) => {
    const width = /^[^:]+:\s*(\d{1,9})\s*$/.exec(part)?.[1];
    if (width === undefined || Number(width) === 0)
      throw new SqlError("22023", `Invalid FIXEDWIDTH specification: ${specification}`);
    return Number(width);
  });
}

function between(
  name: string,
  value: number,
  [least, most]: readonly [number, number],
  words: string,
): number {
  if (value < least || value > most) throw new SqlError("22023", `${name} must be between ${words}`);
  return Math.floor(value);
}

const suffixes = { none: "", gzip: ".gz", zstd: ".zst" } as const;

function extensionOf({ format, options }: Unload, compression: keyof typeof suffixes): string {
  if (options.extension !== undefined) return `.${options.extension.replace(/^\./, "")}`;
  return format === "parquet" ? ".parquet" : suffixes[compression];
}
