import type { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  type BucketLocationConstraint,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { assert } from "../../core/assert.ts";
import type { ByteRange } from "../../kernels/objects/port.ts";
import { remoteCode } from "./remote-errors.ts";

export interface RemoteBucketOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly region: string;
  /** Whether a bucket that is not there is made by the first write. */
  readonly createsBucket?: boolean;
  /** What new objects are written with. */
  readonly objectSettings?: Pick<
    PutObjectCommandInput,
    "ContentType" | "ServerSideEncryption" | "SSEKMSKeyId"
  >;
  /** Ends requests that write bytes; those that clean up go on. */
  readonly writeSignal?: AbortSignal;
}

/** What was answered for one part. */
export interface SentPart {
  readonly PartNumber: number;
  readonly ETag: string;
}

export interface OpenUpload {
  readonly key: string;
  readonly uploadId: string;
}

/** The requests that the store makes of a bucket at another endpoint. Throws what the SDK throws. */
export class RemoteBucket {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #region: string;
  readonly #createsBucket: boolean;
  readonly #objectSettings: RemoteBucketOptions["objectSettings"];
  readonly #writing: { readonly abortSignal?: AbortSignal };
  #creating: Promise<void> | undefined;

  constructor(options: RemoteBucketOptions) {
    this.#client = options.client;
    this.#bucket = options.bucket;
    this.#region = options.region;
    this.#createsBucket = options.createsBucket ?? true;
    this.#objectSettings = options.objectSettings;
    this.#writing = options.writeSignal === undefined ? {} : { abortSignal: options.writeSignal };
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    const command = {
      ...this.#objectSettings,
      ...{ Bucket: this.#bucket, Key: key, Body: bytes, ContentLength: bytes.byteLength },
    };
    await this.#inBucket(() => this.#client.send(new PutObjectCommand(command), this.#writing));
  }

  /** The body is an error's as long as nobody listens: whoever gets it reads or destroys it. */
  async get(key: string, range: ByteRange): Promise<{ readonly body: Readable; readonly bytes: number }> {
    const Range = `bytes=${range.start}-${range.end - 1}`;
    const answer = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key, Range }));
    assert(answer.Body !== undefined && answer.ContentLength !== undefined, "an object has a body");
    return { body: answer.Body as Readable, bytes: answer.ContentLength };
  }

  /** How many bytes an object has. */
  async size(key: string): Promise<number> {
    const answer = await this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key }));
    return answer.ContentLength ?? 0;
  }

  /** It is no error when there is no such object. */
  async remove(key: string): Promise<void> {
    try {
      await this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key }));
    } catch (error) {
      if (!["NoSuchKey", "NoSuchBucket"].includes(remoteCode(error))) throw error;
    }
  }

  async *list(prefix: string): AsyncGenerator<string, void, void> {
    let token: string | undefined;
    do {
      const page = await this.#client.send(
        new ListObjectsV2Command({ Bucket: this.#bucket, Prefix: prefix, ContinuationToken: token }),
      );
      for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  async *listUploads(prefix: string): AsyncGenerator<OpenUpload, void, void> {
    let markers: { readonly KeyMarker?: string; readonly UploadIdMarker?: string } | undefined = {};
    while (markers !== undefined) {
      const page: ListMultipartUploadsCommandOutput = await this.#client.send(
        new ListMultipartUploadsCommand({ Bucket: this.#bucket, Prefix: prefix, ...markers }),
      );
      for (const { Key, UploadId } of page.Uploads ?? [])
        if (Key !== undefined && UploadId !== undefined) yield { key: Key, uploadId: UploadId };
      markers = markersBehind(page);
    }
  }

  async startUpload(key: string): Promise<OpenUpload> {
    const command = new CreateMultipartUploadCommand({
      ...this.#objectSettings,
      ...{ Bucket: this.#bucket, Key: key },
    });
    const { UploadId } = await this.#inBucket(() => this.#client.send(command, this.#writing));
    assert(UploadId !== undefined, "an upload has an id");
    return { key, uploadId: UploadId };
  }

  async sendPart(upload: OpenUpload, number: number, bytes: Uint8Array): Promise<SentPart> {
    const { ETag } = await this.#client.send(
      new UploadPartCommand({
        ...this.#names(upload),
        PartNumber: number,
        Body: bytes,
        ContentLength: bytes.byteLength,
      }),
      this.#writing,
    );
    assert(ETag !== undefined, "a part has an ETag");
    return { PartNumber: number, ETag };
  }

  /** @param range the whole object when undefined */
  async copyPart(
    upload: OpenUpload,
    number: number,
    source: string,
    range: ByteRange | undefined,
  ): Promise<SentPart> {
    const part = {
      ...this.#names(upload),
      PartNumber: number,
      CopySource: `${this.#bucket}/${source.split("/").map(encodeURIComponent).join("/")}`,
      CopySourceRange: range === undefined ? undefined : `bytes=${range.start}-${range.end - 1}`,
    };
    const { CopyPartResult } = await this.#client.send(new UploadPartCopyCommand(part));
    assert(CopyPartResult?.ETag !== undefined, "a part has an ETag");
    return { PartNumber: number, ETag: CopyPartResult.ETag };
  }

  /** @param bytes what the object must have, if an answer that got lost leaves it open whether it is there */
  async complete(upload: OpenUpload, parts: readonly SentPart[], bytes: number): Promise<void> {
    const command = { ...this.#names(upload), MultipartUpload: { Parts: [...parts] } };
    try {
      await this.#client.send(new CompleteMultipartUploadCommand(command));
    } catch (error) {
      // The SDK's second attempt meets no upload when the first one had done it.
      if (remoteCode(error) !== "NoSuchUpload" || (await this.size(upload.key)) !== bytes) throw error;
    }
  }

  /** It is no error when there is no such upload. */
  async abort(upload: OpenUpload): Promise<void> {
    try {
      await this.#client.send(new AbortMultipartUploadCommand(this.#names(upload)));
    } catch (error) {
      if (remoteCode(error) !== "NoSuchUpload") throw error;
    }
  }

  close(): void {
    this.#client.destroy();
  }

  #names(upload: OpenUpload): {
    readonly Bucket: string;
    readonly Key: string;
    readonly UploadId: string;
  } {
    return { Bucket: this.#bucket, Key: upload.key, UploadId: upload.uploadId };
  }

  /** Makes the bucket and tries again when it is not there. */
  async #inBucket<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      if (remoteCode(error) !== "NoSuchBucket" || !this.#createsBucket) throw error;
      this.#creating ??= this.#create().finally(() => {
        this.#creating = undefined;
      });
      await this.#creating;
      return await request();
    }
  }

  async #create(): Promise<void> {
    const LocationConstraint = this.#region as BucketLocationConstraint;
    // S3 refuses its first region as a constraint.
    const isDefault = this.#region === "us-east-1";
    const command = new CreateBucketCommand({
      Bucket: this.#bucket,
      ...(isDefault ? {} : { CreateBucketConfiguration: { LocationConstraint } }),
    });
    try {
      await this.#client.send(command);
    } catch (error) {
      if (remoteCode(error) !== "BucketAlreadyOwnedByYou") throw error;
    }
  }
}

function markersBehind(
  page: ListMultipartUploadsCommandOutput,
): { readonly KeyMarker?: string; readonly UploadIdMarker?: string } | undefined {
  const { IsTruncated, NextKeyMarker, NextUploadIdMarker } = page;
  if (IsTruncated !== true || NextKeyMarker === undefined) return undefined;
  return {
    KeyMarker: NextKeyMarker,
    ...(NextUploadIdMarker === undefined ? {} : { UploadIdMarker: NextUploadIdMarker }),
  };
}
