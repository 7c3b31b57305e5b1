/** Where delivery writes objects: an S3 bucket, in the name of a role. Implemented outside the kernel. */
export interface ObjectTarget {
  /** Replaces what has this key. @throws ObjectTargetError */
  put(request: ObjectPut, signal: AbortSignal): Promise<void>;
}

export interface ObjectPut {
  readonly bucket: string;
  readonly key: string;
  readonly sizeBytes: number;
  readonly body: AsyncIterable<Buffer>;
  readonly contentType: string;
  readonly contentEncoding?: string;
  readonly roleArn: string;
  readonly kmsKeyArn?: string;
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
