import type { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  S3Client,
} from "@aws-sdk/client-s3";
import { messageOf, systemCode } from "../../core/errors.ts";
import {
  type FoundObject,
  type ObjectWriteOptions,
  type OpenedObject,
  type StatementObjects,
  WarehouseObjectError,
} from "../../kernels/warehouse/objects-port.ts";
import { clientConfig } from "./client-config.ts";
import { maxPartsInFlight } from "./limits.ts";
import { Permits } from "./permits.ts";
import { RemoteBucket } from "./remote-bucket.ts";
import { remoteCode } from "./remote-errors.ts";
import { pourRemote } from "./remote-writer.ts";

export interface RemoteObjectsOptions {
  readonly endpoint: string;
  readonly region: string;
  /** The SDK's default chain when undefined. */
  readonly credentials:
    | {
        readonly accessKeyId: string;
        readonly secretAccessKey: string;
        readonly sessionToken?: string;
      }
    | undefined;
  readonly signal: AbortSignal;
}

/** S3 of one statement over HTTP: another S3, or the route of enhanced VPC routing. */
export class RemoteObjects implements StatementObjects {
  readonly #options: RemoteObjectsOptions;
  readonly #client: S3Client;
  readonly #permits = new Permits(maxPartsInFlight);

  constructor(options: RemoteObjectsOptions) {
    this.#options = options;
    this.#client = new S3Client(clientConfig(options));
  }

  async *list(bucket: string, prefix: string): AsyncGenerator<FoundObject, void, void> {
    let token: string | undefined;
    do {
      const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token });
      const page: ListObjectsV2CommandOutput = await this.#ask(() => this.#client.send(command, this.#abort));
      for (const { Key, Size, LastModified, ETag } of page.Contents ?? [])
        if (Key !== undefined) yield foundObject(Key, Size, LastModified, ETag);
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  async open(bucket: string, key: string): Promise<OpenedObject> {
    const command = new HeadObjectCommand({ Bucket: bucket, Key: key });
    const head = await this.#ask(() =>
      this.#client.send(command, this.#abort).catch((thrown) => this.#explain(bucket, key, thrown)),
    );
    const found = foundObject(key, head.ContentLength, head.LastModified, head.ETag);
    return {
      ...found,
      path: undefined,
      stream: (range) => this.#read(bucket, found, range),
      close: async () => {},
    };
  }

  async put(
    bucket: string,
    key: string,
    body: AsyncIterable<Uint8Array>,
    { contentType, kmsKeyId }: ObjectWriteOptions,
  ): Promise<{ readonly bytes: number }> {
    const target = new RemoteBucket({
      ...{ client: this.#client, bucket, region: this.#options.region, createsBucket: false },
      writeSignal: this.#options.signal,
      objectSettings: {
        ContentType: contentType,
        ...(kmsKeyId === undefined ? {} : { ServerSideEncryption: "aws:kms", SSEKMSKeyId: kmsKeyId }),
      },
    });
    // Who may write need not be allowed to read, so the object is not looked at afterwards.
    const bytes = await pourRemote(body, {
      ...{ bucket: target, key, permits: this.#permits },
      // What the body throws is the statement's own error, and goes through.
      failure: (thrown) => this.#failure(thrown),
    });
    return { bytes };
  }

  async remove(bucket: string, key: string): Promise<void> {
    const command = new DeleteObjectCommand({ Bucket: bucket, Key: key });
    await this.#ask(() => this.#client.send(command, this.#abort));
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }

  get #abort(): { readonly abortSignal: AbortSignal } {
    return { abortSignal: this.#options.signal };
  }

  /** The object as it was when it was opened: a later version is refused. */
  async *#read(
    bucket: string,
    { key, bytes, etag }: FoundObject,
    range: { readonly start: number; readonly end: number } = { start: 0, end: bytes },
  ): AsyncGenerator<Uint8Array, void, void> {
    if (range.start >= range.end) return;
    const command = new GetObjectCommand({
      ...{ Bucket: bucket, Key: key, IfMatch: etag },
      Range: `bytes=${range.start}-${range.end - 1}`,
    });
    const answer = await this.#ask(() => this.#client.send(command, this.#abort));
    let missing = range.end - range.start;
    try {
      for await (const chunk of (answer.Body ?? []) as AsyncIterable<Uint8Array>) {
        this.#options.signal.throwIfAborted();
        missing -= chunk.byteLength;
        yield chunk;
      }
    } catch (error) {
      throw this.#failure(error);
    }
    if (missing !== 0)
      throw new WarehouseObjectError("RouteClosed", `S3 ended ${key} ${missing} bytes too early`, 503);
  }

  /** The error of a HEAD has no body that tells its code: S3 is asked for a byte. @throws what S3 says then */
  async #explain(bucket: string, key: string, thrown: unknown): Promise<never> {
    if (statusOf(thrown) !== undefined) {
      const command = new GetObjectCommand({ Bucket: bucket, Key: key, Range: "bytes=0-0" });
      const answer = await this.#client.send(command, this.#abort);
      (answer.Body as Readable | undefined)?.destroy();
    }
    throw thrown;
  }

  async #ask<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw this.#failure(error);
    }
  }

  #failure(thrown: unknown): Error {
    const { signal } = this.#options;
    return signal.aborted && signal.reason instanceof Error ? signal.reason : translated(thrown);
  }
}

function foundObject(
  key: string,
  bytes: number | undefined,
  lastModified: Date | undefined,
  etag: string | undefined,
): FoundObject {
  return { key, bytes: bytes ?? 0, lastModifiedMs: lastModified?.getTime() ?? 0, etag: etag ?? "" };
}

/** An answer of S3 keeps its code; what gave no answer is a closed route. */
function translated(thrown: unknown): Error {
  if (thrown instanceof WarehouseObjectError) return thrown;
  const status = statusOf(thrown);
  if (status === undefined) {
    const network = systemCode(thrown) ?? remoteCode(thrown);
    return new WarehouseObjectError("RouteClosed", `S3 could not be reached: ${network}`, 503, {
      cause: thrown,
    });
  }
  return new WarehouseObjectError(remoteCode(thrown), messageOf(thrown), status, { cause: thrown });
}

function statusOf(thrown: unknown): number | undefined {
  if (typeof thrown !== "object" || thrown === null || !("$metadata" in thrown)) return undefined;
  return (thrown.$metadata as { readonly httpStatusCode?: number } | undefined)?.httpStatusCode;
}
