/** Where delivery writes objects: an S3 bucket, in the name of a role. Implemented outside the kernel. */
export interface ObjectTarget {
  /** Replaces what has this key. @throws ObjectTargetError */
  put(request: ObjectPut, signal: AbortSignal): Promise<void>;
}

export interface ObjectPut extends ObjectWriter {
  readonly key: string;
  readonly sizeBytes: number;
  readonly body: AsyncIterable<Buffer>;
  readonly contentType: string;
  readonly contentEncoding?: string;
}

/** Who writes where, and how: the same for all objects of a destination. */
export interface ObjectWriter {
  readonly bucket: string;
  readonly roleArn: string;
  /** The role that assumes it, where roles are chained; the service does otherwise. */
  readonly assumedBy?: string | undefined;
  /** Encrypts the objects; the bucket's own default when undefined. */
  readonly kmsKeyArn?: string | undefined;
  /** Nothing is written into a bucket that belongs to another account than this. */
  readonly expectedOwner?: string | undefined;
  /** `STANDARD` when undefined. */
  readonly storageClass?: string | undefined;
  /** The service that assumes the role: `firehose.amazonaws.com`. */
  readonly service: string;
  /** The resource for which it does; its account and region are the writer's. */
  readonly sourceArn: string;
}

/** `code` is what the error output and the error log show: `S3.NoSuchBucket`, `S3.AccessDenied`, `S3.KMS.DisabledException`. */
export class ObjectTargetError extends Error {
  override readonly name = "ObjectTargetError";
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
