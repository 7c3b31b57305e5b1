import type { ClusterKey } from "./warehouse-port.ts";

/** In whose name a statement reads and writes S3. */
export type ObjectIdentity =
  /** IAM_ROLE: each role of a chain is assumed by the one before it, the first by the cluster. */
  | { readonly kind: "roles"; readonly roleArns: readonly string[] }
  /** ACCESS_KEY_ID, SECRET_ACCESS_KEY, SESSION_TOKEN */
  | {
      readonly kind: "keys";
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly sessionToken: string | undefined;
    };

export interface ObjectAccess {
  readonly identity: ObjectIdentity;
  readonly cluster: ClusterKey;
  /** REGION of the statement; the cluster's own otherwise. */
  readonly region: string;
  /** With enhanced VPC routing every byte takes the configured route, and none when that is closed. */
  readonly enhancedVpcRouting: boolean;
}

export interface FoundObject {
  readonly key: string;
  readonly bytes: number;
  readonly lastModifiedMs: number;
  readonly etag: string;
}

/** An object that was opened for reading. */
export interface OpenedObject extends FoundObject {
  /** The plain file with exactly these bytes, where there is one; it stays until `close`, even when the object goes. */
  readonly path: string | undefined;
  /** All bytes, or a range of them; may be called several times. */
  stream(range?: { readonly start: number; readonly end: number }): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

export interface ObjectWriteOptions {
  readonly contentType: string;
  /** KMS_KEY_ID; without it objects are encrypted as their bucket says. */
  readonly kmsKeyId: string | undefined;
}

/**
 * S3 as one statement sees it. What is put is durable when the promise resolves; a put that fails leaves
 * nothing. @throws WarehouseObjectError
 */
export interface StatementObjects {
  /** In the order of the keys' UTF-8 bytes. */
  list(bucket: string, prefix: string): AsyncIterable<FoundObject>;
  /** @throws WarehouseObjectError NoSuchKey */
  open(bucket: string, key: string): Promise<OpenedObject>;
  put(
    bucket: string,
    key: string,
    body: AsyncIterable<Uint8Array>,
    options: ObjectWriteOptions,
  ): Promise<Pick<FoundObject, "bytes">>;
  remove(bucket: string, key: string): Promise<void>;
  /** Gives connections back. */
  close(): Promise<void>;
}

export interface WarehouseObjects {
  /** @throws WarehouseObjectError when the identity may not be used at all */
  connect(access: ObjectAccess, signal: AbortSignal): Promise<StatementObjects>;
}

/** `code` is S3's (or STS'): `NoSuchBucket`, `NoSuchKey`, `AccessDenied`, ... `RouteClosed` where no byte got through. */
export class WarehouseObjectError extends Error {
  override readonly name = "WarehouseObjectError";
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.status = status;
  }
}
