export type { ConversionSchema } from "./conversion.ts";
export { EncoderPool } from "./encoder-pool.ts";
export { type Compression, checkConversion, Encoders, type EncodersOptions } from "./encoders.ts";
