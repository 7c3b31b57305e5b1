/** Decompressors, loaded when a screen first needs them. */
export interface Codecs {
  gunzip(bytes: Uint8Array): Uint8Array;
  inflate(bytes: Uint8Array): Uint8Array;
  zstd(bytes: Uint8Array): Uint8Array;
  snappy(bytes: Uint8Array): Uint8Array;
  /** @throws TypeError for what is no UTF-8 */
  text(bytes: Uint8Array): string;
}

/** Nothing larger is unpacked: a record of 10 MiB could become many gigabytes. */
const maxUnpackedBytes = 64 * 1024 * 1024;
const gzipHeader = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0] as const;
const gzipTrailerBytes = 8;

export async function loadCodecs(): Promise<Codecs> {
  const { gunzip, decompressZstd, decompressSnappy } = await import("hyparquet-compressors");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  return {
    text: (bytes) => decoder.decode(bytes),
    gunzip(bytes) {
      // The last four bytes are the length of what was packed.
      const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, true);
      return gunzip(bytes.slice(), new Uint8Array(bounded(length)));
    },
    // The library reads DEFLATE inside of gzip only.
    inflate: (bytes) =>
      gunzip(Uint8Array.from([...gzipHeader, ...bytes, ...new Uint8Array(gzipTrailerBytes)])),
    zstd: (bytes) => decompressZstd(bytes),
    snappy(bytes) {
      const { value } = varint(bytes, 0);
      return decompressSnappy(bytes, bounded(value));
    },
  };
}

function bounded(length: number): number {
  if (length > maxUnpackedBytes) throw new RangeError(`unpacked it would have ${length} bytes`);
  return length;
}

/** A number in groups of seven bits, the lowest first. @throws RangeError when it is cut short */
export function varint(bytes: Uint8Array, at: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let group = 0; group < 10; group++) {
    const byte = bytes[at + group];
    if (byte === undefined) break;
    value += (byte & 0x7f) * 2 ** (7 * group);
    if (byte < 0x80) return { value, end: at + group + 1 };
  }
  throw new RangeError("a number is cut short");
}
