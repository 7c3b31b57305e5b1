/** A file that can be read anywhere. */
export interface ByteSource {
  readonly key: string;
  readonly sizeBytes: number;
  /** The bytes from `start` up to, not including, `end`; fewer where the file ends before. */
  read(start: number, end: number): Promise<Buffer>;
}

/** Bytes of one read while a file is decompressed. */
const readBytes = 256 * 1024;

/** The file's bytes from `start` on, in pieces; `first` are those that have been read already, from 0. */
export async function* piecesOf(source: ByteSource, first: Buffer, start: number): AsyncGenerator<Buffer> {
  if (start < first.length) yield first.subarray(start);
  let at = Math.max(start, first.length);
  while (at < source.sizeBytes) {
    const piece = await source.read(at, Math.min(at + readBytes, source.sizeBytes));
    if (piece.length === 0) return;
    at += piece.length;
    yield piece;
  }
}
