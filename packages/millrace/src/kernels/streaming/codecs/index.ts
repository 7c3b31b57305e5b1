import type { TableDefinition } from "../../../sql/flink/relation.ts";
import type { Decoder, DecoderSpec, Encoder, EncoderSpec } from "./codec.ts";

export {
  DecodeError,
  type Decoder,
  type DecoderSpec,
  type EncodedRows,
  type Encoder,
  type EncoderSpec,
} from "./codec.ts";

/** Checks `format` and its options. @throws SqlError that names the option, or the format that is not there */
export function checkFormat(table: TableDefinition, direction: "source" | "sink"): void {
  throw new Error(`not there: ${table.path[2]} ${direction}`);
}

/** The decoder of the table's `format`. */
export function createDecoder(spec: DecoderSpec): Decoder {
  throw new Error(`not there: ${spec.name}`);
}

/** The encoder of the table's `format`: `json`, `csv` or `raw`. Parquet files are made by `ParquetRows`. */
export function createEncoder(spec: EncoderSpec): Encoder {
  throw new Error(`not there: ${spec.mode}`);
}
