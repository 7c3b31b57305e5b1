import type { Compression, Copy, CopyAuthorization, CopyFormat, CopyOptions } from "../ast/copy.ts";
import { acceptSwitch, expectAny } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";

export type CopyOptionsDraft = { -readonly [K in keyof CopyOptions]: CopyOptions[K] };

/** What has been read of a COPY: what stands behind its source comes in any order. */
export interface CopyDraft {
  authorization: CopyAuthorization | undefined;
  format: CopyFormat | undefined;
  /** QUOTE, which may stand apart from CSV. */
  quote: string | undefined;
  job: Copy["job"];
  readonly options: CopyOptionsDraft;
  /** Words of all options that were read, for what goes with what. */
  readonly written: Set<string>;
}

export function newCopyDraft(): CopyDraft {
  const options: CopyOptionsDraft = {
    delimiter: undefined,
    compression: undefined,
    manifest: false,
    encrypted: false,
    masterSymmetricKey: undefined,
    region: undefined,
    ssh: false,
    readRatio: undefined,
    acceptAnyDate: false,
    acceptInvChars: undefined,
    blanksAsNull: false,
    dateFormat: undefined,
    emptyAsNull: false,
    encoding: undefined,
    escape: false,
    explicitIds: false,
    fillRecord: false,
    ignoreBlankLines: false,
    ignoreHeader: undefined,
    nullAs: undefined,
    removeQuotes: false,
    roundEc: false,
    timeFormat: undefined,
    trimBlanks: false,
    truncateColumns: false,
    serializeToJson: false,
    compRows: undefined,
    compUpdate: undefined,
    statUpdate: undefined,
    maxError: undefined,
    ignoreAllErrors: false,
    noLoad: false,
  };
  return {
    authorization: undefined,
    format: undefined,
    quote: undefined,
    job: undefined,
    options,
    written: new Set(),
  };
}

type Reader = (stream: TokenStream, options: CopyOptionsDraft) => void;

type KeysOf<T> = {
  [K in keyof CopyOptionsDraft]-?: [T] extends [CopyOptionsDraft[K]] ? K : never;
}[keyof CopyOptionsDraft];

const flag =
  (key: KeysOf<boolean>): Reader =>
  (_stream, options) => {
    options[key] = true;
  };

type TextKey = "delimiter" | "masterSymmetricKey" | "region" | "dateFormat" | "timeFormat";

/** `[AS] 'text'` */
const text =
  (key: TextKey): Reader =>
  (stream, options) => {
    stream.accept("as");
    options[key] = stream.string();
  };

type NumberKey = "readRatio" | "ignoreHeader" | "compRows" | "maxError";

/** `[AS] n` */
const number =
  (key: NumberKey): Reader =>
  (stream, options) => {
    stream.accept("as");
    options[key] = stream.integer();
  };

const compression =
  (name: Compression): Reader =>
  (_stream, options) => {
    options.compression = name;
  };

/** What stands behind the word of each option. */
const OPTIONS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["delimiter", text("delimiter")],
  ["gzip", compression("gzip")],
  ["bzip2", compression("bzip2")],
  ["lzop", compression("lzop")],
  ["zstd", compression("zstd")],
  ["manifest", flag("manifest")],
  ["encrypted", flag("encrypted")],
  ["master_symmetric_key", text("masterSymmetricKey")],
  ["region", text("region")],
  ["ssh", flag("ssh")],
  ["readratio", number("readRatio")],
  ["acceptanydate", flag("acceptAnyDate")],
  ["acceptinvchars", readReplacement],
  ["blanksasnull", flag("blanksAsNull")],
  ["dateformat", text("dateFormat")],
  ["emptyasnull", flag("emptyAsNull")],
  ["encoding", readEncoding],
  ["escape", flag("escape")],
  ["explicit_ids", flag("explicitIds")],
  ["fillrecord", flag("fillRecord")],
  ["ignoreblanklines", flag("ignoreBlankLines")],
  ["ignoreheader", number("ignoreHeader")],
  ["null", readNullText],
  ["removequotes", flag("removeQuotes")],
  ["roundec", flag("roundEc")],
  ["timeformat", text("timeFormat")],
  ["trimblanks", flag("trimBlanks")],
  ["truncatecolumns", flag("truncateColumns")],
  ["serializetojson", flag("serializeToJson")],
  ["comprows", number("compRows")],
  ["compupdate", readCompUpdate],
  ["statupdate", readStatUpdate],
  ["maxerror", number("maxError")],
  ["ignoreallerrors", flag("ignoreAllErrors")],
  ["noload", flag("noLoad")],
]);

const COMPRESSIONS: readonly string[] = ["gzip", "bzip2", "lzop", "zstd"];

/** One option that is not a format. @returns false where none follows @throws SqlError for one that was there before */
export function acceptCopyOption(stream: TokenStream, draft: CopyDraft): boolean {
  const { lexeme } = stream.current;
  const read = OPTIONS.get(lexeme);
  if (read === undefined) {
    return false;
  }
  noteOption(stream, draft, lexeme);
  stream.next();
  read(stream, draft.options);
  return true;
}

/** Each option comes once, and one compression. */
export function noteOption(stream: TokenStream, draft: CopyDraft, word: string): void {
  const second = COMPRESSIONS.includes(word) && COMPRESSIONS.some((other) => draft.written.has(other));
  if (second || draft.written.has(word)) {
    throw stream.error("42601", "conflicting or redundant options");
  }
  draft.written.add(word);
}

function readReplacement(stream: TokenStream, options: CopyOptionsDraft): void {
  const as = stream.accept("as");
  options.acceptInvChars = as || stream.current.kind === "string" ? stream.string() : "?";
}

const FILE_ENCODINGS = ["utf8", "utf16", "utf16le", "utf16be", "iso88591"] as const;

function readEncoding(stream: TokenStream, options: CopyOptionsDraft): void {
  stream.accept("as");
  if (stream.current.kind === "string") {
    options.encoding = stream.string().toLowerCase();
    return;
  }
  options.encoding = expectAny(stream, ...FILE_ENCODINGS);
}

function readNullText(stream: TokenStream, options: CopyOptionsDraft): void {
  stream.accept("as");
  options.nullAs = parseNullText(stream);
}

/** `'\N'` stands for itself, though a backslash before any other letter but an escape's would vanish. */
export function parseNullText(stream: TokenStream): string {
  const written = stream.source(stream.current);
  const value = stream.string();
  return written === "'\\N'" ? "\\N" : value;
}

function readCompUpdate(stream: TokenStream, options: CopyOptionsDraft): void {
  if (stream.accept("preset")) {
    options.compUpdate = "preset";
    return;
  }
  options.compUpdate = acceptSwitch(stream) === false ? "off" : "on";
}

function readStatUpdate(stream: TokenStream, options: CopyOptionsDraft): void {
  options.statUpdate = acceptSwitch(stream) ?? true;
}
