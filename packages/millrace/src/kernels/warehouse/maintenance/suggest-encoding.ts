import type { SqlType } from "../../../sql/redshift/types.ts";
import type { ColumnRecord } from "../catalog/records.ts";
import type { EngineConnection } from "../engine/engine-connection.ts";
import { engineColumn } from "../session/engine-names.ts";
import { zstdRatio } from "./zstd-ratio.ts";

export interface EncodingSample {
  /** The engine's name. */
  readonly table: string;
  readonly column: ColumnRecord;
  readonly sampleRows: number;
}

export interface SuggestedEncoding {
  readonly encoding: string;
  /** Of the bytes without compression. */
  readonly reductionPercent: number;
}

/** AWS's default of COMPROWS for each slice; what asks for fewer gets so many. */
export const sampledRowsPerSlice = 100_000;
export const maxSampleRows = 1_000_000_000;
/** Bytes before each value of variable length. */
const lengthBytes = 4;
/** What a dictionary of one-byte indexes holds. */
const maxDictionaryValues = 256;
/** Values that AZ64 packs with one base and one width, and the bytes that say those. */
const valuesPerGroup = 64;
const groupHeadBytes = 8;

/**
 * Computes from a sample what each encoding would need: run lengths and dictionaries from the values, AZ64 as the
 * bits that each group of values needs above its smallest, ZSTD by compressing.
 */
export async function suggestEncoding(
  connection: EngineConnection,
  sample: EncodingSample,
): Promise<SuggestedEncoding> {
  const { column, table, sampleRows } = sample;
  const name = engineColumn(column.attributeNumber);
  const width = fixedBytes(column.type);
  const bytes =
    width === undefined ? `${lengthBytes} + octet_length(${blobOf(name, column.type)})` : String(width);
  const number = numberOf(name, column.type) ?? "NULL::HUGEINT";
  const [[rows, raw, runs, runBytes, values, valueBytes] = []] = await connection.rows(
    `WITH sample AS (SELECT rowid AS place, ${name} AS v, CASE WHEN ${name} IS NULL THEN 1 ELSE ${bytes} END AS bytes
                     FROM ${table} LIMIT ${sampleRows}),
     seen AS (SELECT *, v IS DISTINCT FROM lag(v) OVER (ORDER BY place) OR place = min(place) OVER () AS is_new FROM sample),
     distinct_values AS (SELECT v, any_value(bytes) AS bytes FROM sample GROUP BY v)
     SELECT count(*), coalesce(sum(bytes), 0), count(*) FILTER (WHERE is_new),
            coalesce(sum(bytes) FILTER (WHERE is_new), 0),
            (SELECT count(*) FROM distinct_values), (SELECT coalesce(sum(bytes), 0) FROM distinct_values) FROM seen`,
  );
  const total = Number(raw);
  if (Number(rows) === 0) return { encoding: column.encoding, reductionPercent: 0 };
  const sizes: [string, number][] = [["runlength", Number(runBytes) + Number(runs)]];
  if (Number(values) <= maxDictionaryValues) sizes.push(["bytedict", Number(rows) + Number(valueBytes)]);
  if (number === "NULL::HUGEINT")
    sizes.push(["zstd", total * (await zstdRatio(connection, table, name, sampleRows))]);
  else sizes.push(["az64", await packedBytes(connection, { table, name, number, sampleRows })]);
  const [best = ["raw", total]] = sizes.sort(([, one], [, other]) => one - other);
  const [encoding, least] = best;
  if (least >= total || column.type.name === "boolean") return { encoding: "raw", reductionPercent: 0 };
  return { encoding, reductionPercent: ((total - least) / total) * 100 };
}

async function packedBytes(
  connection: EngineConnection,
  from: {
    readonly table: string;
    readonly name: string;
    readonly number: string;
    readonly sampleRows: number;
  },
): Promise<number> {
  const [[bytes] = []] = await connection.rows(
    `WITH sample AS (SELECT ${from.number} AS n, row_number() OVER () AS place
                     FROM (SELECT ${from.name} FROM ${from.table} LIMIT ${from.sampleRows})),
     packed AS (SELECT count(*) AS n, max(n) - min(n) AS span FROM sample GROUP BY place // ${valuesPerGroup})
     SELECT sum(${groupHeadBytes} + ceil(n * CASE WHEN span IS NULL OR span = 0 THEN 0 ELSE floor(log2(span::DOUBLE)) + 1 END / 8.0)) FROM packed`,
  );
  return Number(bytes);
}

/** Undefined for texts and documents. */
function fixedBytes(type: SqlType): number | undefined {
  switch (type.name) {
    case "boolean":
      return 1;
    case "smallint":
      return 2;
    case "integer":
    case "real":
    case "date":
      return 4;
    case "numeric":
      return (type.precision ?? 18) > 19 ? 16 : 8;
    case "character":
    case "character varying":
    case "super":
    case "varbyte":
      return undefined;
    default:
      return 8;
  }
}

function blobOf(name: string, type: SqlType): string {
  return type.name === "varbyte" ? name : `encode(${name}::VARCHAR)`;
}

/** The whole number that AZ64 would pack; undefined for types that it does not take. */
function numberOf(name: string, type: SqlType): string | undefined {
  switch (type.name) {
    case "smallint":
    case "integer":
    case "bigint":
      return `${name}::HUGEINT`;
    case "numeric":
      return (type.precision ?? 18) > 18 ? undefined : `(${name} * 1e${type.scale ?? 0})::HUGEINT`;
    case "date":
      return `(${name} - DATE '2000-01-01')::HUGEINT`;
    case "timestamp":
    case "timestamptz":
      return `epoch_us(${name})::HUGEINT`;
    default:
      return undefined;
  }
}
