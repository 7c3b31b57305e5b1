/** Bytes that lie elsewhere and are read in ranges, so that looking into a large file is cheap. */
export interface RangedFile {
  /** Tells this content from any other, for caches. */
  readonly id: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** What it was put as, if that is known. */
  readonly contentType?: string;
  /** The bytes from `start` up to, not including, `end`. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Bytes that are here already. */
export function fileOfBytes(id: string, name: string, bytes: Uint8Array<ArrayBuffer>): RangedFile {
  return {
    id,
    name,
    size: bytes.length,
    read: (start, end) => Promise.resolve(bytes.slice(start, end)),
  };
}
