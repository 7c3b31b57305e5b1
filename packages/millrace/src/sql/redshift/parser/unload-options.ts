import type { CopyAuthorization } from "../ast/copy.ts";
import type { Unload, UnloadOptions } from "../ast/unload.ts";
import { parseNullText } from "./copy-options.ts";
import { acceptSwitch } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";

type OptionsDraft = { -readonly [K in keyof UnloadOptions]: UnloadOptions[K] };

export interface UnloadDraft {
  authorization: CopyAuthorization | undefined;
  format: Unload["format"] | undefined;
  readonly options: OptionsDraft;
  /** Words of all options that were read. */
  readonly written: Set<string>;
}

export function newUnloadDraft(): UnloadDraft {
  const options: OptionsDraft = {
    partitionBy: undefined,
    manifest: undefined,
    header: false,
    delimiter: undefined,
    fixedWidth: undefined,
    encrypted: undefined,
    kmsKeyId: undefined,
    masterSymmetricKey: undefined,
    compression: undefined,
    addQuotes: false,
    nullAs: undefined,
    escape: false,
    allowOverwrite: false,
    cleanPath: false,
    parallel: undefined,
    maxFileSizeBytes: undefined,
    rowGroupSizeBytes: undefined,
    region: undefined,
    extension: undefined,
  };
  return { authorization: undefined, format: undefined, options, written: new Set() };
}

type Reader = (stream: TokenStream, options: OptionsDraft) => void;

type FlagKey = "header" | "addQuotes" | "escape" | "allowOverwrite" | "cleanPath";

const flag =
  (key: FlagKey): Reader =>
  (_stream, options) => {
    options[key] = true;
  };

type TextKey = "delimiter" | "fixedWidth" | "kmsKeyId" | "masterSymmetricKey" | "region" | "extension";

/** `[AS] 'text'` */
const text =
  (key: TextKey): Reader =>
  (stream, options) => {
    stream.accept("as");
    options[key] = stream.string();
  };

type SizeKey = "maxFileSizeBytes" | "rowGroupSizeBytes";

const size =
  (key: SizeKey): Reader =>
  (stream, options) => {
    stream.accept("as");
    options[key] = parseSize(stream);
  };

const compression =
  (name: NonNullable<UnloadOptions["compression"]>): Reader =>
  (_stream, options) => {
    options.compression = name;
  };

const OPTIONS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["partition", readPartitionBy],
  ["manifest", readManifest],
  ["header", flag("header")],
  ["delimiter", text("delimiter")],
  ["fixedwidth", text("fixedWidth")],
  ["encrypted", readEncrypted],
  ["kms_key_id", text("kmsKeyId")],
  ["master_symmetric_key", text("masterSymmetricKey")],
  ["gzip", compression("gzip")],
  ["bzip2", compression("bzip2")],
  ["zstd", compression("zstd")],
  ["addquotes", flag("addQuotes")],
  ["null", readNullText],
  ["escape", flag("escape")],
  ["allowoverwrite", flag("allowOverwrite")],
  ["cleanpath", flag("cleanPath")],
  ["parallel", readParallel],
  ["maxfilesize", size("maxFileSizeBytes")],
  ["rowgroupsize", size("rowGroupSizeBytes")],
  ["region", text("region")],
  ["extension", text("extension")],
]);

const COMPRESSIONS: readonly string[] = ["gzip", "bzip2", "zstd"];

/** A format or an option. @returns false where none follows @throws SqlError for one that was there before */
export function acceptUnloadOption(stream: TokenStream, draft: UnloadDraft): boolean {
  const introduced = stream.accept("format");
  if (introduced) {
    stream.accept("as");
  }
  const { start, lexeme } = stream.current;
  const format = stream.acceptAny("csv", "parquet", "json");
  if (format !== undefined) {
    if (draft.format !== undefined) {
      throw stream.error("42601", "conflicting or redundant options", start);
    }
    draft.format = format;
    return true;
  }
  const read = introduced ? undefined : OPTIONS.get(lexeme);
  if (read === undefined) {
    return false;
  }
  const second = COMPRESSIONS.includes(lexeme) && COMPRESSIONS.some((other) => draft.written.has(other));
  if (second || draft.written.has(lexeme)) {
    throw stream.error("42601", "conflicting or redundant options", start);
  }
  draft.written.add(lexeme);
  stream.next();
  read(stream, draft.options);
  return true;
}

function readPartitionBy(stream: TokenStream, options: OptionsDraft): void {
  stream.expect("by");
  const columns = stream.columnList();
  options.partitionBy = { columns, include: stream.accept("include") };
}

function readManifest(stream: TokenStream, options: OptionsDraft): void {
  options.manifest = stream.accept("verbose") ? "verbose" : "plain";
}

function readEncrypted(stream: TokenStream, options: OptionsDraft): void {
  options.encrypted = stream.accept("auto") ? "auto" : "plain";
}

function readNullText(stream: TokenStream, options: OptionsDraft): void {
  stream.accept("as");
  options.nullAs = parseNullText(stream);
}

function readParallel(stream: TokenStream, options: OptionsDraft): void {
  options.parallel = acceptSwitch(stream) ?? true;
}

const MEGABYTE = 1024 * 1024;
const GIGABYTE: number = 1024 * MEGABYTE;

/** `256 mb`, `6.2 gb`; a bare number is in MB. */
function parseSize(stream: TokenStream): number {
  const { kind, value } = stream.current;
  const amount = Number(value);
  if (kind !== "number" || !Number.isFinite(amount)) {
    throw stream.syntaxError();
  }
  stream.next();
  const unit = stream.acceptAny("mb", "gb") === "gb" ? GIGABYTE : MEGABYTE;
  return Math.floor(amount * unit);
}
