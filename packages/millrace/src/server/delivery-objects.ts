import type { Clock } from "../core/clock.ts";
import { messageOf, ServiceError } from "../core/errors.ts";
import type { RoleAccess, RoleUse } from "../core/role-access.ts";
import type { TrafficLog } from "../core/traffic/traffic-log.ts";
import {
  type ObjectPut,
  type ObjectTarget,
  ObjectTargetError,
  type ObjectWriter,
} from "../kernels/delivery/index.ts";
import {
  type Bucket,
  type EncryptionRequest,
  NoSuchBucketError,
  ObjectInputError,
  type ObjectStore,
  ObjectStoreError,
} from "../kernels/objects/index.ts";
import { newObjectSettings } from "../services/s3/access/acl-change.ts";
import { objectArn } from "../services/s3/arn.ts";
import type { BucketKeys } from "../services/s3/dependencies.ts";
import { askedEncryption, encryptionContext } from "../services/s3/encryption-request.ts";
import { requestedLock } from "../services/s3/object-lock.ts";

export interface DeliveryObjectsParts {
  readonly objects: ObjectStore;
  readonly keys: BucketKeys;
  readonly roles: RoleAccess;
  readonly clock: Clock;
  /** Told who writes where. */
  readonly traffic?: TrafficLog;
}

/** AWS's sentences for what can go wrong, as its error logs show them. */
const messages = {
  "S3.NoSuchBucket":
    "The specified bucket was not found. Create the bucket or use a different bucket that does exist.",
  "S3.InternalError":
    "An internal error occurred while attempting to deliver data. Delivery will be retried; if the error persists, " +
    "then it will be reported to AWS for resolution.",
} as const;

/** The services that deliver, as their users call them. */
const serviceNames: Readonly<Record<string, string>> = {
  "firehose.amazonaws.com": "Firehose",
  "kinesis.amazonaws.com": "Kinesis Data Streams",
  "redshift.amazonaws.com": "Redshift",
  "kinesisanalytics.amazonaws.com": "Managed Service for Apache Flink",
};

/** What is to be written, without its bytes. */
type ObjectWrite = ObjectWriter & Pick<ObjectPut, "key">;

/** Writes what services deliver into buckets, in the name of roles, as S3 would take it from them. */
export class DeliveryObjects implements ObjectTarget {
  readonly #parts: DeliveryObjectsParts;

  constructor(parts: DeliveryObjectsParts) {
    this.#parts = parts;
  }

  hasBucket(name: string): boolean {
    return this.#parts.objects.bucket(name) !== undefined;
  }

  regionOf(name: string): string | undefined {
    return this.#parts.objects.bucket(name)?.region;
  }

  /** Why an object could not be written now; undefined when nothing speaks against it. */
  refusal(write: ObjectWrite): ObjectTargetError | undefined {
    try {
      this.#writable(write);
      return undefined;
    } catch (error) {
      if (error instanceof ObjectTargetError) return error;
      throw error;
    }
  }

  async put(request: ObjectPut, signal: AbortSignal): Promise<void> {
    const bucket = this.#writable(request);
    try {
      const encryption = await this.#encryption(request, bucket);
      await this.#write(request, bucket, encryption, signal);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw translated(error);
    }
  }

  async #write(
    request: ObjectPut,
    bucket: Bucket,
    encryption: EncryptionRequest,
    signal: AbortSignal,
  ): Promise<void> {
    const { contentType, contentEncoding, key } = request;
    const { retention, legalHold } = requestedLock(bucket, {}, this.#parts.clock.now());
    const written = await this.#parts.objects.put(bucket.name, key, abortable(request.body, signal), {
      attributes: {
        headers: {
          "content-type": contentType,
          ...(contentEncoding === undefined ? {} : { "content-encoding": contentEncoding }),
        },
        metadata: {},
        tags: {},
        storageClass: request.storageClass ?? "STANDARD",
        retention,
        legalHold,
        settings: newObjectSettings(bucket, { ACL: "bucket-owner-full-control" }, ownerOf(request).account),
      },
      digests: [],
      ...encryption,
    });
    const writer = { kind: "resource", arn: request.sourceArn } as const;
    const { traffic, clock } = this.#parts;
    traffic?.flow(writer, { kind: "bucket", bucket: bucket.name }).ring.add(1, written.size, clock.now());
  }

  /** The bucket, when the role may write this object into it. @throws ObjectTargetError */
  #writable(request: ObjectWrite): Bucket {
    const { key, kmsKeyArn, expectedOwner } = request;
    const bucket = this.#parts.objects.bucket(request.bucket);
    if (bucket === undefined) throw failure("S3.NoSuchBucket");
    if (expectedOwner !== undefined && expectedOwner !== bucket.account)
      throw new ObjectTargetError(
        "S3.AccessDenied",
        `Access was denied. The bucket ${bucket.name} does not belong to the expected account ${expectedOwner}.`,
      );
    this.#require(request, {
      action: "s3:PutObject",
      resources: [objectArn(bucket.name, key, bucket.region)],
      context: {
        "s3:x-amz-acl": "bucket-owner-full-control",
        "s3:x-amz-server-side-encryption": kmsKeyArn === undefined ? undefined : "aws:kms",
        "s3:x-amz-server-side-encryption-aws-kms-key-id": kmsKeyArn,
      },
    });
    return bucket;
  }

  #require(
    { roleArn, assumedBy, service, sourceArn }: ObjectWriter,
    use: Pick<RoleUse, "action" | "resources" | "context">,
  ): void {
    const refusal = this.#parts.roles.refusal({ roleArn, assumedBy, service, sourceArn, ...use });
    if (refusal !== undefined) throw accessDenied(service, refusal.message);
  }

  /** As the destination says, else as the bucket does. */
  async #encryption(request: ObjectPut, bucket: Bucket): Promise<EncryptionRequest> {
    const { kmsKeyArn, key } = request;
    const input = kmsKeyArn === undefined ? {} : { ServerSideEncryption: "aws:kms", SSEKMSKeyId: kmsKeyArn };
    const asked = askedEncryption(bucket, input);
    if (asked === undefined) return { encryption: { kind: "none" } };
    if (asked.algorithm === "AES256") return { encryption: { kind: "service" } };
    const { bucketKey } = asked;
    const { account } = ownerOf(request);
    const owner = { account, region: bucket.region };
    const keyId = await this.#parts.keys.keyArn(asked.keyId, owner);
    const context = encryptionContext(bucket, key, input, bucketKey);
    const permission = this.#parts.keys.permission({
      action: "kms:GenerateDataKey",
      keyId,
      owner,
      caller: account,
      context,
    });
    if (permission !== undefined) this.#require(request, permission);
    return { encryption: { kind: "kms", keyId, context, bucketKey } };
  }
}

function ownerOf({ sourceArn }: Pick<ObjectPut, "sourceArn">): { account: string; region: string } {
  const [, , , region = "", account = ""] = sourceArn.split(":");
  return { account, region };
}

/** A read that a stopping delivery ends: what was written so far is dropped by the store. */
async function* abortable(body: AsyncIterable<Buffer>, signal: AbortSignal): AsyncIterable<Uint8Array> {
  for await (const piece of body) {
    if (signal.aborted) throw signal.reason;
    yield piece;
  }
}

function failure(code: keyof typeof messages, cause?: unknown): ObjectTargetError {
  return new ObjectTargetError(code, messages[code], { cause });
}

function accessDenied(service: string, cause: string): ObjectTargetError {
  return new ObjectTargetError(
    "S3.AccessDenied",
    "Access was denied. Ensure that the trust policy for the provided IAM role allows " +
      `${serviceNames[service] ?? service} to assume the role, and the access policy allows access to the S3 bucket.`,
    { cause },
  );
}

function translated(error: unknown): unknown {
  if (error instanceof ObjectTargetError) return error;
  if (error instanceof NoSuchBucketError) return failure("S3.NoSuchBucket", error);
  if (error instanceof ObjectInputError)
    return new ObjectTargetError("S3.InvalidKey", error.message, { cause: error });
  if (error instanceof ObjectStoreError) return failure("S3.InternalError", error);
  // KMS's errors come with `KMS.` before their code.
  if (error instanceof ServiceError)
    return new ObjectTargetError(`S3.${error.code}`, messageOf(error), { cause: error });
  return error;
}
