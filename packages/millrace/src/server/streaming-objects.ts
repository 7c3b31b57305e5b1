import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../core/clock.ts";
import type { RoleAccess } from "../core/role-access.ts";
import type { TrafficLog } from "../core/traffic/traffic-log.ts";
import { ObjectTargetError } from "../kernels/delivery/index.ts";
import {
  NoSuchBucketError,
  ObjectGoneError,
  type ObjectStore,
  type ObjectVersion,
} from "../kernels/objects/index.ts";
import type { ConnectorContext } from "../kernels/streaming/connector-port.ts";
import {
  type BucketObjects,
  type FoundObject,
  ObjectAccessError,
  type ObjectsPort,
  type OpenedObject,
  type OutgoingObject,
} from "../kernels/streaming/connectors/objects-port.ts";
import { bucketArn, objectArn } from "../services/s3/arn.ts";
import type { BucketKeys } from "../services/s3/dependencies.ts";
import type { DeliveryObjects } from "./delivery-objects.ts";
import { analyticsService } from "./streaming-streams.ts";

export interface StreamingObjectsParts {
  readonly objects: ObjectStore;
  readonly target: DeliveryObjects;
  readonly keys: BucketKeys;
  readonly roles: RoleAccess;
  readonly clock: Clock;
  /** Told which application reads where. */
  readonly traffic?: TrafficLog;
}

const pageSize = 1_000;

/** Buckets of this Millrace for streaming queries; S3 is opened by the first that uses one. */
export class StreamingObjects implements ObjectsPort {
  readonly #open: () => Promise<StreamingObjectsParts>;

  constructor(open: () => Promise<StreamingObjectsParts>) {
    this.#open = open;
  }

  async open(bucket: string, context: ConnectorContext): Promise<BucketObjects> {
    const parts = await this.#open();
    if (!parts.target.hasBucket(bucket)) throw noSuchBucket(bucket);
    return new StreamingBucket(parts, bucket, context);
  }
}

function noSuchBucket(bucket: string): ObjectAccessError {
  return new ObjectAccessError(`bucket ${bucket}: the specified bucket does not exist`);
}

/** One bucket, in the name of an application's role. */
class StreamingBucket implements BucketObjects {
  readonly #parts: StreamingObjectsParts;
  readonly #bucket: string;
  readonly #context: ConnectorContext;

  constructor(parts: StreamingObjectsParts, bucket: string, context: ConnectorContext) {
    this.#parts = parts;
    this.#bucket = bucket;
    this.#context = context;
  }

  checkWritable(key: string): void {
    const refusal = this.#parts.target.refusal({ ...this.#writer(), key });
    if (refusal !== undefined) throw accessError(refusal);
  }

  async put({ key, sizeBytes, contentType, body }: OutgoingObject): Promise<void> {
    try {
      await this.#parts.target.put(
        { ...this.#writer(), key, sizeBytes, contentType, body },
        this.#context.signal,
      );
    } catch (error) {
      throw error instanceof ObjectTargetError ? accessError(error) : error;
    }
  }

  async remove(key: string): Promise<void> {
    this.#require("s3:DeleteObject", [objectArn(this.#bucket, key, this.#region())]);
    try {
      await this.#parts.objects.remove(this.#bucket, key);
    } catch (error) {
      throw error instanceof NoSuchBucketError ? noSuchBucket(this.#bucket) : error;
    }
  }

  async *list(prefix: string): AsyncGenerator<FoundObject, void, void> {
    const { objects } = this.#parts;
    this.#require("s3:ListBucket", [bucketArn(this.#bucket, this.#region())], { "s3:prefix": prefix });
    let after: string | undefined;
    do {
      const page = this.#stored(() =>
        objects.list(this.#bucket, {
          ...{ prefix, limit: pageSize },
          ...(after === undefined ? {} : { after }),
        }),
      );
      for (const version of page.items) yield foundObject(version);
      after = page.next;
      // Listing is synchronous: others get their turn.
      await turn();
    } while (after !== undefined);
  }

  async read(key: string, etag: string, from: number): Promise<OpenedObject | undefined> {
    const { objects } = this.#parts;
    this.#require("s3:GetObject", [objectArn(this.#bucket, key, this.#region())]);
    const version = this.#stored(() => objects.find(this.#bucket, key));
    if (version === undefined || version.isDeleteMarker || version.etag !== etag) return undefined;
    this.#requireKey(version);
    try {
      const bytes = await objects.read(version, { range: { start: from, end: version.size } });
      const { traffic, clock } = this.#parts;
      const reader = { kind: "resource", arn: this.#context.sourceArn } as const;
      const flow = traffic?.flow({ kind: "bucket", bucket: this.#bucket }, reader);
      flow?.ring.add(1, version.size - from, clock.now());
      return {
        object: foundObject(version),
        [Symbol.asyncIterator]: () => bytes[Symbol.asyncIterator](),
        close: () => bytes.close(),
      };
    } catch (error) {
      if (error instanceof ObjectGoneError) return undefined;
      throw error;
    }
  }

  #requireKey({ encryption, key }: ObjectVersion): void {
    if (encryption.kind === "customer")
      throw new ObjectAccessError(
        `s3://${this.#bucket}/${key} is encrypted with a key that only S3's clients have`,
      );
    if (encryption.kind !== "kms") return;
    const { account } = this.#context;
    const permission = this.#parts.keys.permission({
      action: "kms:Decrypt",
      keyId: encryption.keyId,
      owner: { account, region: this.#region() },
      caller: account,
      context: encryption.context,
    });
    if (permission !== undefined) this.#require(permission.action, permission.resources, permission.context);
  }

  /** @throws ObjectAccessError when the role may not */
  #require(
    action: string,
    resources: readonly string[],
    context: Parameters<RoleAccess["refusal"]>[0]["context"] = {},
  ): void {
    const { roleArn, service, sourceArn } = this.#writer();
    const refusal = this.#parts.roles.refusal({ roleArn, service, sourceArn, action, resources, context });
    if (refusal !== undefined) throw new ObjectAccessError(`bucket ${this.#bucket}: ${refusal.message}`);
  }

  #writer() {
    const { roleArn = "", sourceArn } = this.#context;
    return { bucket: this.#bucket, roleArn, sourceArn, service: analyticsService };
  }

  #region(): string {
    return this.#parts.objects.bucket(this.#bucket)?.region ?? this.#context.region;
  }

  #stored<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw error instanceof NoSuchBucketError ? noSuchBucket(this.#bucket) : error;
    }
  }
}

function foundObject({ key, etag, size, lastModifiedMs }: ObjectVersion): FoundObject {
  return { key, etag, sizeBytes: size, modifiedMs: lastModifiedMs };
}

/** What IAM says is in the cause. */
function accessError(error: ObjectTargetError): ObjectAccessError {
  const because = typeof error.cause === "string" ? ` (${error.cause})` : "";
  return new ObjectAccessError(`${error.message}${because}`, { cause: error });
}
