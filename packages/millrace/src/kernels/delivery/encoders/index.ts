export type { ConversionSchema, HiveSerde, OpenXSerde, ParquetSettings } from "./conversion.ts";
export { EncoderFailedError, EncoderPool } from "./encoder-pool.ts";
export { type Compression, checkConversion, Encoders, type EncodersOptions } from "./encoders.ts";
export { SpoolError } from "./spool-directory.ts";
