import type { TableDefinition } from "../../../sql/flink/relation.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { Decoder, DecoderSpec, Encoder, EncoderSpec } from "./codec.ts";
import { CsvDecoder } from "./csv/csv-decoder.ts";
import { CsvEncoder } from "./csv/csv-encoder.ts";
import { csvOptions } from "./csv/csv-options.ts";
import { FormatOptions } from "./format-options.ts";
import { JsonDecoder } from "./json/json-decoder.ts";
import { JsonEncoder } from "./json/json-encoder.ts";
import { jsonOptions } from "./json/json-options.ts";
import { checkParquet, parquetEncoder } from "./parquet/parquet-format.ts";
import { PrintEncoder } from "./print-encoder.ts";
import { checkRaw, RawDecoder, RawEncoder, rawOptions } from "./raw.ts";

export {
  DecodeError,
  type Decoder,
  type DecoderSpec,
  type EncodedRows,
  type Encoder,
  type EncoderSpec,
} from "./codec.ts";

interface Format {
  readonly check: (options: FormatOptions, table: TableDefinition) => void;
  readonly decoder: ((spec: DecoderSpec) => Decoder) | undefined;
  readonly encoder: ((spec: EncoderSpec) => Encoder) | undefined;
}

/** For the connector `print` alone: `checkFormat` knows nothing of it. */
const printFormat = "print";

const formats: ReadonlyMap<string, Format> = new Map<string, Format>([
  [
    "json",
    {
      check: jsonOptions,
      decoder: (spec) => new JsonDecoder(spec),
      encoder: (spec) => new JsonEncoder(spec),
    },
  ],
  [
    "csv",
    {
      check: csvOptions,
      decoder: (spec) => new CsvDecoder(spec),
      encoder: (spec) => new CsvEncoder(spec),
    },
  ],
  [
    "raw",
    {
      check: (options, table) => {
        rawOptions(options);
        checkRaw(table);
      },
      decoder: (spec) => new RawDecoder(spec),
      encoder: (spec) => new RawEncoder(spec),
    },
  ],
  ["parquet", { check: checkParquet, decoder: undefined, encoder: parquetEncoder }],
]);

/** Formats of Flink that are not there. */
const missing: readonly string[] = [
  "avro",
  "avro-confluent",
  "debezium-json",
  "debezium-avro-confluent",
  "canal-json",
  "maxwell-json",
  "ogg-json",
  "protobuf",
  "orc",
];

/** Checks `format` and its options. @throws SqlError that names the option, or the format that is not there */
export function checkFormat(table: TableDefinition, direction: "source" | "sink"): void {
  const name = table.options["format"];
  const format = formatOf(table, name);
  const known = direction === "source" ? format.decoder : format.encoder;
  if (known === undefined) {
    const verb = direction === "source" ? "read" : "written";
    throw new SqlError("0A000", `format '${name ?? ""}' cannot be ${verb}; it runs on Apache Flink itself`);
  }
  format.check(new FormatOptions(table, name ?? ""), table);
}

/** The decoder of the table's `format`. @throws SqlError */
export function createDecoder(spec: DecoderSpec): Decoder {
  const format = formatOf(spec.table, spec.table.options["format"]);
  if (format.decoder === undefined) checkFormat(spec.table, "source");
  return (format.decoder as (spec: DecoderSpec) => Decoder)(spec);
}

/** The encoder of the table's `format`: `json`, `csv` or `raw`; of `parquet` what `ParquetRows` makes files of. @throws SqlError */
export function createEncoder(spec: EncoderSpec): Encoder {
  if (spec.table.options["format"] === printFormat) return new PrintEncoder(spec);
  const format = formatOf(spec.table, spec.table.options["format"]);
  if (format.encoder === undefined) checkFormat(spec.table, "sink");
  return (format.encoder as (spec: EncoderSpec) => Encoder)(spec);
}

function formatOf(table: TableDefinition, name: string | undefined): Format {
  if (name === undefined) throw new SqlError("22023", `table ${table.path[2]} has no option 'format'`);
  const format = formats.get(name);
  if (format !== undefined) return format;
  if (missing.includes(name)) {
    throw new SqlError("0A000", `format '${name}' is not supported yet; it runs on Apache Flink itself`);
  }
  throw new SqlError("22023", `there is no format '${name}'; formats are ${[...formats.keys()].join(", ")}`);
}
