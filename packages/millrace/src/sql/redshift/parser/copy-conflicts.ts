import { SqlError } from "../../sql-error.ts";
import type { Copy, CopyFormat, CopyOptions } from "../ast/copy.ts";
import type { Unload, UnloadOptions } from "../ast/unload.ts";

/** Options as they are written, for what their absence looks like see newCopyDraft. */
const COPY_WORDS: Readonly<Record<keyof CopyOptions, string>> = Object.freeze({
  delimiter: "DELIMITER",
  compression: "",
  manifest: "MANIFEST",
  encrypted: "ENCRYPTED",
  masterSymmetricKey: "MASTER_SYMMETRIC_KEY",
  region: "REGION",
  ssh: "SSH",
  readRatio: "READRATIO",
  acceptAnyDate: "ACCEPTANYDATE",
  acceptInvChars: "ACCEPTINVCHARS",
  blanksAsNull: "BLANKSASNULL",
  dateFormat: "DATEFORMAT",
  emptyAsNull: "EMPTYASNULL",
  encoding: "ENCODING",
  escape: "ESCAPE",
  explicitIds: "EXPLICIT_IDS",
  fillRecord: "FILLRECORD",
  ignoreBlankLines: "IGNOREBLANKLINES",
  ignoreHeader: "IGNOREHEADER",
  nullAs: "NULL",
  removeQuotes: "REMOVEQUOTES",
  roundEc: "ROUNDEC",
  timeFormat: "TIMEFORMAT",
  trimBlanks: "TRIMBLANKS",
  truncateColumns: "TRUNCATECOLUMNS",
  serializeToJson: "SERIALIZETOJSON",
  compRows: "COMPROWS",
  compUpdate: "COMPUPDATE",
  statUpdate: "STATUPDATE",
  maxError: "MAXERROR",
  ignoreAllErrors: "IGNOREALLERRORS",
  noLoad: "NOLOAD",
});

type Key = keyof CopyOptions;

/** Options that a format does not go with. */
const INCOMPATIBLE: Readonly<Partial<Record<CopyFormat["kind"], readonly Key[]>>> = Object.freeze({
  csv: ["escape", "removeQuotes"],
  fixedwidth: ["delimiter", "escape", "removeQuotes"],
  json: ["delimiter", "escape", "removeQuotes"],
  avro: ["delimiter", "escape", "removeQuotes"],
});

const COLUMNAR: ReadonlySet<CopyFormat["kind"]> = new Set(["parquet", "orc", "rcfile", "sequencefile"]);

/** All that columnar formats take. */
const COLUMNAR_OPTIONS: ReadonlySet<Key> = new Set<Key>([
  "acceptInvChars",
  "fillRecord",
  "statUpdate",
  "manifest",
  "explicitIds",
  "serializeToJson",
]);

/** Whether what was parsed goes together. @throws SqlError 0A000 for the first option that does not go with the format */
export function checkCopy({ format, options }: Copy): void {
  const name = format.kind.toUpperCase();
  for (const key of writtenOptions(options)) {
    const word = key === "compression" ? (options.compression ?? "").toUpperCase() : COPY_WORDS[key];
    if (COLUMNAR.has(format.kind)) {
      if (!COLUMNAR_OPTIONS.has(key)) {
        throw new SqlError("0A000", `${word} argument is not supported for ${name} based COPY`);
      }
    } else if (INCOMPATIBLE[format.kind]?.includes(key)) {
      throw new SqlError("0A000", `${name} is not compatible with ${word}`);
    } else if (key === "serializeToJson") {
      throw new SqlError("0A000", "SERIALIZETOJSON is supported for columnar formats only");
    }
  }
}

function writtenOptions(options: CopyOptions): readonly Key[] {
  const keys = Object.keys(COPY_WORDS) as Key[];
  return keys.filter((key) => options[key] !== undefined && options[key] !== false) as readonly Key[];
}

type UnloadKey = keyof UnloadOptions;

const UNLOAD_WORDS: Readonly<Partial<Record<UnloadKey, string>>> = Object.freeze({
  fixedWidth: "FIXEDWIDTH",
  delimiter: "DELIMITER",
  header: "HEADER",
  addQuotes: "ADDQUOTES",
  escape: "ESCAPE",
  nullAs: "NULL AS",
  extension: "EXTENSION",
});

const NOT_FOR: Readonly<Record<Unload["format"], readonly UnloadKey[]>> = Object.freeze({
  text: [],
  csv: ["fixedWidth", "addQuotes", "escape"],
  json: ["delimiter", "header", "fixedWidth", "addQuotes", "escape", "nullAs"],
  parquet: ["delimiter", "fixedWidth", "addQuotes", "escape", "nullAs", "header", "compression", "extension"],
});

/** Whether what was parsed goes together. @throws SqlError 0A000 for the first option that does not */
export function checkUnload({ format, options }: Unload): void {
  const written = (key: UnloadKey): boolean => options[key] !== undefined && options[key] !== false;
  const refused = NOT_FOR[format].find(written);
  if (refused !== undefined) {
    const word = UNLOAD_WORDS[refused] ?? (options.compression ?? "").toUpperCase();
    throw new SqlError("0A000", `${word} is not supported for UNLOAD to ${format.toUpperCase()}`);
  }
  const besideWidths = (["delimiter", "header"] as const).find(written);
  if (options.fixedWidth !== undefined && besideWidths !== undefined) {
    throw new SqlError("0A000", `FIXEDWIDTH is not compatible with ${besideWidths.toUpperCase()}`);
  }
  if (options.rowGroupSizeBytes !== undefined && format !== "parquet") {
    throw new SqlError("0A000", "ROWGROUPSIZE is supported for UNLOAD to PARQUET only");
  }
  if (options.allowOverwrite && options.cleanPath) {
    throw new SqlError("0A000", "ALLOWOVERWRITE is not compatible with CLEANPATH");
  }
}
