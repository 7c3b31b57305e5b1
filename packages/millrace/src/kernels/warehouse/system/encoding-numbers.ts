/** `attencodingtype` of pg_attribute by the name that `format_encoding` gives. */
const encodings: readonly string[] = Object.freeze([
  "none",
  "bytedict",
  "delta",
  "delta32k",
  "lzo",
  "mostly8",
  "mostly16",
  "mostly32",
  "runlength",
  "text255",
  "text32k",
  "zstd",
  "az64",
]);

export function encodingNumber(encoding: string): number {
  return Math.max(0, encodings.indexOf(encoding));
}

/** The encoding as PG_TABLE_DEF and SVV_TABLE_INFO write it: `raw` is `none`. */
export function encodingText(encoding: string): string {
  return encoding === "raw" || encoding === "" ? "none" : encoding;
}

export const encodingNames: readonly (readonly [number, string])[] = Object.freeze(
  encodings.map((name, number) => [number, name] as const),
);
