import { messageOf } from "../core/errors.ts";
import type { RoleAccess } from "../core/role-access.ts";
import { NoSuchBucketError, type ObjectStore, type ObjectVersion } from "../kernels/objects/index.ts";
import {
  type ApplicationObjects,
  analyticsService,
  type ObjectLocation,
  ObjectReadError,
  type Reader,
  type ReadObject,
} from "../services/kinesis-analytics-v2/index.ts";
import type { BucketKeys } from "../services/s3/dependencies.ts";

export interface AnalyticsObjectsParts {
  readonly objects: () => Promise<ObjectStore>;
  readonly keys: BucketKeys;
  readonly roles: RoleAccess;
}

/** Objects of the platform's own S3 that applications are made of, read in the name of their roles. */
export class AnalyticsObjects implements ApplicationObjects {
  readonly #parts: AnalyticsObjectsParts;

  constructor(parts: AnalyticsObjectsParts) {
    this.#parts = parts;
  }

  async read(
    { bucketArn, key, version }: ObjectLocation,
    reader: Reader,
    maxBytes: number,
  ): Promise<ReadObject> {
    const bucket = /^arn:[^:]+:s3:::([^/]+)$/.exec(bucketArn)?.[1];
    if (bucket === undefined) throw new ObjectReadError(`${bucketArn} is not the ARN of a bucket.`);
    const action = version === undefined ? "s3:GetObject" : "s3:GetObjectVersion";
    this.#require(reader, action, [`${bucketArn}/${key}`]);
    const objects = await this.#parts.objects();
    const found = this.#find(objects, bucket, key, version);
    this.#requireKey(objects, found, reader);
    try {
      const range = found.size > maxBytes ? { range: { start: 0, end: maxBytes } } : {};
      const bytes = await objects.read(found, range);
      const pieces: Uint8Array[] = [];
      try {
        for await (const piece of bytes) pieces.push(piece);
      } finally {
        await bytes.close();
      }
      return { bytes: Buffer.concat(pieces), size: found.size };
    } catch (error) {
      throw new ObjectReadError(`The object could not be read: ${messageOf(error)}`, { cause: error });
    }
  }

  #find(objects: ObjectStore, bucket: string, key: string, version: string | undefined): ObjectVersion {
    try {
      const found = objects.find(bucket, key, version);
      if (found !== undefined && !found.isDeleteMarker) return found;
    } catch (error) {
      if (!(error instanceof NoSuchBucketError)) throw error;
      throw new ObjectReadError("The specified bucket does not exist.");
    }
    throw new ObjectReadError("The specified key does not exist.");
  }

  #requireKey(objects: ObjectStore, { encryption, bucket }: ObjectVersion, reader: Reader): void {
    if (encryption.kind === "customer")
      throw new ObjectReadError(
        "The object is encrypted under a key of the customer, which only S3's clients have.",
      );
    if (encryption.kind !== "kms") return;
    const permission = this.#parts.keys.permission({
      action: "kms:Decrypt",
      keyId: encryption.keyId,
      owner: { account: reader.account, region: objects.bucket(bucket)?.region ?? reader.region },
      caller: reader.account,
      context: encryption.context,
    });
    if (permission !== undefined)
      this.#require(reader, permission.action, permission.resources, permission.context);
  }

  #require(
    { roleArn, sourceArn }: Reader,
    action: string,
    resources: readonly string[],
    context?: Parameters<RoleAccess["refusal"]>[0]["context"],
  ): void {
    const use = { roleArn, sourceArn, service: analyticsService, action, resources };
    const refusal = this.#parts.roles.refusal(context === undefined ? use : { ...use, context });
    if (refusal !== undefined) throw new ObjectReadError(refusal.message);
  }
}
