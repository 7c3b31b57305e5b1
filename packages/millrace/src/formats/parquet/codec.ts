/** Compression of pages. */
export interface PageCodec {
  readonly name: "UNCOMPRESSED" | "SNAPPY" | "GZIP";
  compress(bytes: Uint8Array): Uint8Array;
}

export const uncompressed: PageCodec = Object.freeze({
  name: "UNCOMPRESSED",
  compress: (bytes: Uint8Array): Uint8Array => bytes,
});

/** Memory that snappy 7.3 and 7.4 hand over instead is never given back (Brooooooklyn/snappy#323). */
const copyOutputData = true;

/** Loads what the codec needs. */
export async function pageCodec(name: PageCodec["name"]): Promise<PageCodec> {
  switch (name) {
    case "UNCOMPRESSED":
      return uncompressed;
    case "SNAPPY": {
      const { compressSync } = await import("snappy");
      return { name, compress: (bytes) => compressSync(bytes, { copyOutputData }) };
    }
    case "GZIP": {
      const { gzipSync } = await import("node:zlib");
      return { name, compress: (bytes) => gzipSync(bytes, { level: 1 }) };
    }
  }
}
