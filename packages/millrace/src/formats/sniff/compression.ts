/** What wraps a whole file. */
export type FileCompression = "none" | "gzip" | "bzip2" | "zip" | "snappy" | "zstd" | "lz4" | "xz" | "lzo";

const magics: readonly { readonly bytes: Buffer; readonly compression: FileCompression }[] = [
  { bytes: Buffer.from([0x1f, 0x8b, 0x08]), compression: "gzip" },
  { bytes: Buffer.from("PK\u0003\u0004", "latin1"), compression: "zip" },
  { bytes: Buffer.from("\u00ff\u0006\u0000\u0000sNaPpY", "latin1"), compression: "snappy" },
  { bytes: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), compression: "zstd" },
  { bytes: Buffer.from([0x04, 0x22, 0x4d, 0x18]), compression: "lz4" },
  { bytes: Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]), compression: "xz" },
  { bytes: Buffer.from([0x89, 0x4c, 0x5a, 0x4f]), compression: "lzo" },
];

const bzip2 = /^BZh[1-9](?:1AY&SY|.rE8P)/s;

/**
 * The compression that the first bytes tell. Hadoop's and raw Snappy have no mark of their own, so that the
 * name of the file has to tell; what has the mark of a file format is not compressed whatever its name.
 */
export function compressionOf(head: Buffer, name: string): FileCompression {
  for (const { bytes, compression } of magics) {
    if (head.subarray(0, bytes.length).equals(bytes)) return compression;
  }
  if (bzip2.test(head.toString("latin1", 0, 10))) return "bzip2";
  if (/\.(?:snappy|snz)$/i.test(name) && fileFormatOf(head) === undefined) return "snappy";
  return "none";
}

const formats: readonly { readonly bytes: Buffer; readonly format: string }[] = [
  { bytes: Buffer.from("PAR1"), format: "parquet" },
  { bytes: Buffer.from("PARE"), format: "parquet" },
  { bytes: Buffer.from("Obj\u0001", "latin1"), format: "avro" },
  { bytes: Buffer.from("ORC"), format: "orc" },
  { bytes: Buffer.from([0xe0, 0x01, 0x00, 0xea]), format: "ion" },
  { bytes: Buffer.from("SEQ\u0006", "latin1"), format: "sequencefile" },
  { bytes: Buffer.from("RCF", "latin1"), format: "rcfile" },
  { bytes: Buffer.from("ARROW1\u0000\u0000", "latin1"), format: "arrow" },
  { bytes: Buffer.from("\u0089PNG\r\n", "latin1"), format: "png" },
  { bytes: Buffer.from([0xff, 0xd8, 0xff]), format: "jpeg" },
  { bytes: Buffer.from("GIF8"), format: "gif" },
  { bytes: Buffer.from("%PDF-"), format: "pdf" },
  { bytes: Buffer.from("SQLite format 3\u0000", "latin1"), format: "sqlite" },
  { bytes: Buffer.from("\u007fELF", "latin1"), format: "elf" },
  { bytes: Buffer.from([0x89, 0x48, 0x44, 0x46]), format: "hdf5" },
];

/** The file format that the first bytes tell, if they tell one. */
export function fileFormatOf(head: Buffer): string | undefined {
  return formats.find(({ bytes }) => head.subarray(0, bytes.length).equals(bytes))?.format;
}
