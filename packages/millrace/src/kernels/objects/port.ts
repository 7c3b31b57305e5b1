/** Bytes on their way in: whole, or as they come. A chunk belongs to the store once it was given. */
export type ByteSource = Uint8Array | AsyncIterable<Uint8Array>;

/** Bytes on their way out. Whoever does not read them to the end closes them. */
export interface ObjectBytes extends AsyncIterable<Uint8Array> {
  /** Gives the file or connection back; may be called at any time and more than once. */
  close(): Promise<void>;
}

export interface ByteRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** Bytes that were stored. */
export interface StoredBlob {
  readonly id: string;
  readonly size: number;
}

/** An upload in parts that a store began. */
export interface StoredUpload {
  readonly id: string;
  /** A blob that belongs to the upload, as `older` would tell it. */
  readonly blob: string | undefined;
}

/** One part of an upload that was stored; `place` is for the store that gave it. */
export interface StoredPart {
  readonly place: string;
  readonly size: number;
  /** A blob that belongs to the part alone, as `older` would tell it. */
  readonly blob: string | undefined;
}

export interface PartOptions {
  /** From 1. */
  readonly number: number;
  /** How many bytes there will be, when that is known. */
  readonly declaredBytes: number | undefined;
  /** The parts that the upload has, for a store that was opened after it began. */
  readonly known: () => readonly StoredPart[];
}

/**
 * Where the bytes of versions lie: a local disk, or another S3. Metadata stays in the object store's SQLite.
 * What a promise acknowledges is durable (as far as the store was asked for that). What fails leaves
 * nothing behind. Errors are `ObjectStoreError`s; what a source throws goes through unchanged.
 */
export interface BlobStore {
  /** Kept with each version to find its bytes again; without a colon. */
  readonly name: string;
  write(bytes: ByteSource): Promise<StoredBlob>;
  /**
   * Opens the bytes before it resolves. @throws ObjectGoneError
   * @param transient a piece of the bytes may be overwritten once the next one is asked for
   */
  open(id: string, range: ByteRange, transient?: boolean): Promise<ObjectBytes>;
  /** It is no error when there is no such blob. */
  remove(id: string): Promise<void>;
  /** The ids of the blobs that were written before the store was opened, for sweeping. */
  older(): AsyncIterable<string>;
  /** The plain file of a blob, where it is one. */
  path(id: string): string | undefined;

  startUpload(): Promise<StoredUpload>;
  /**
   * Parts come in any order and at the same time. An earlier part of the number stays as it is. Once this was
   * called, `compose` knows of it.
   */
  writePart(upload: string, bytes: ByteSource, options: PartOptions): Promise<StoredPart>;
  /** Frees a part that another one replaced, or that was written in vain. */
  removePart(upload: string, part: StoredPart): Promise<void>;
  /**
   * Makes one blob of the parts in this order. Only calls of `writePart` that began before may still be under
   * way. Until `endUpload` the parts stay as they are, so that completing can be tried again.
   * @param others further parts that the upload has
   */
  compose(upload: string, parts: readonly StoredPart[], others: readonly StoredPart[]): Promise<StoredBlob>;
  /** Frees what the upload has, but for what `kept` needs. May be called again, for parts that came late. */
  endUpload(upload: string, parts: readonly StoredPart[], kept: StoredBlob | undefined): Promise<void>;
  close(): Promise<void>;
}
