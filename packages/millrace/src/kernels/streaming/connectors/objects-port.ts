import type { ConnectorContext } from "../connector-port.ts";

/** Buckets of this Millrace, as the engine reads and writes them. Implemented outside the kernel. */
export interface ObjectsPort {
  /** In the name of the application's role. @throws ObjectAccessError when there is no such bucket */
  open(bucket: string, context: ConnectorContext): Promise<BucketObjects>;
}

/** The bucket or an object is not there, or the application's role may not use it. */
export class ObjectAccessError extends Error {
  override readonly name = "ObjectAccessError";
}

export interface FoundObject {
  readonly key: string;
  readonly etag: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** All methods throw ObjectAccessError. */
export interface BucketObjects {
  /** Whether an object of this key could be written now. */
  checkWritable(key: string): void;
  /** Durable when it resolves; replaces what has the key. */
  put(object: OutgoingObject): Promise<void>;
  /** It is no error when there is no such object. */
  remove(key: string): Promise<void>;
  /** In the order of the keys' UTF-8 bytes. */
  list(prefix: string): AsyncIterable<FoundObject>;
  /**
   * The bytes of an object from a position to its end; undefined when it is gone, or another one with the key is
   * there now.
   */
  read(key: string, etag: string, from: number): Promise<OpenedObject | undefined>;
}

export interface OutgoingObject {
  readonly key: string;
  /** About so many. */
  readonly sizeBytes: number;
  readonly contentType: string;
  readonly body: AsyncIterable<Buffer>;
}

export interface OpenedObject extends AsyncIterable<Uint8Array> {
  readonly object: FoundObject;
  close(): Promise<void>;
}
