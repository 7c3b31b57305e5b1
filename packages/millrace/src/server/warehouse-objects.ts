import { randomUUID } from "node:crypto";
import { copyFile, link, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../core/clock.ts";
import { messageOf, ServiceError, systemCode } from "../core/errors.ts";
import type { TrafficLog } from "../core/traffic/traffic-log.ts";
import { ObjectTargetError } from "../kernels/delivery/index.ts";
import {
  NoSuchBucketError,
  type ObjectStore,
  ObjectStoreError,
  type ObjectVersion,
} from "../kernels/objects/index.ts";
import {
  type FoundObject,
  type ObjectAccess,
  type ObjectWriteOptions,
  type OpenedObject,
  type StatementObjects,
  WarehouseObjectError,
} from "../kernels/warehouse/objects-port.ts";
import { bucketArn, objectArn } from "../services/s3/arn.ts";
import type { BucketKeys } from "../services/s3/dependencies.ts";
import { checkReadable } from "../services/s3/restoration.ts";
import type { DeliveryObjects } from "./delivery-objects.ts";
import { redshiftService, type StatementRole } from "./statement-role.ts";

export interface LocalObjectsParts {
  readonly objects: ObjectStore;
  readonly target: DeliveryObjects;
  readonly keys: BucketKeys;
  readonly role: StatementRole;
  readonly clock: Clock;
  /** Where files of objects that are being read are linked to; on the disk of the data directory. */
  readonly linksFolder: string;
  /** Told which cluster reads where. */
  readonly traffic?: TrafficLog;
}

const pageSize = 1_000;

/** The platform's own S3, as one statement sees it, in the name of roles. */
export class LocalObjects implements StatementObjects {
  readonly #parts: LocalObjectsParts;
  readonly #access: ObjectAccess;
  readonly #signal: AbortSignal;
  readonly #role: StatementRole;

  constructor(parts: LocalObjectsParts, access: ObjectAccess, signal: AbortSignal) {
    this.#parts = parts;
    this.#access = access;
    this.#signal = signal;
    this.#role = parts.role;
  }

  async *list(bucket: string, prefix: string): AsyncGenerator<FoundObject, void, void> {
    this.#role.require("s3:ListBucket", [bucketArn(bucket, this.#access.region)], { "s3:prefix": prefix });
    let after: string | undefined;
    do {
      const page = this.#stored(() =>
        this.#parts.objects.list(bucket, {
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

  async open(bucket: string, key: string): Promise<OpenedObject> {
    this.#role.require("s3:GetObject", [objectArn(bucket, key, this.#access.region)]);
    const version = this.#stored(() => this.#parts.objects.find(bucket, key));
    if (version === undefined || version.isDeleteMarker)
      throw new WarehouseObjectError("NoSuchKey", "The specified key does not exist.", 404);
    this.#stored(() => checkReadable(version, this.#parts.clock.now()));
    this.#requireKey(version);
    const { objects, clock, traffic } = this.#parts;
    const path = await this.#linked(version);
    const reader = { kind: "resource", arn: this.#role.sourceArn } as const;
    traffic?.flow({ kind: "bucket", bucket }, reader).ring.add(1, version.size, clock.now());
    return {
      ...foundObject(version),
      path,
      stream: (range) => this.#bytes(() => objects.read(version, range === undefined ? {} : { range })),
      close: async () => {
        if (path !== undefined) await rm(path, { force: true });
      },
    };
  }

  async put(
    bucket: string,
    key: string,
    body: AsyncIterable<Uint8Array>,
    { contentType, kmsKeyId }: ObjectWriteOptions,
  ): Promise<FoundObject> {
    const { roleArn, assumedBy, sourceArn } = this.#role;
    const writer = { roleArn, assumedBy, sourceArn, service: redshiftService };
    try {
      await this.#parts.target.put(
        {
          ...writer,
          ...{ bucket, key, contentType, sizeBytes: 0 },
          kmsKeyArn: kmsKeyId,
          body: buffers(body),
        },
        this.#signal,
      );
    } catch (error) {
      throw this.#translated(error);
    }
    const version = this.#stored(() => this.#parts.objects.find(bucket, key));
    if (version === undefined) throw new WarehouseObjectError("NoSuchKey", "The object was removed.", 404);
    return foundObject(version);
  }

  async remove(bucket: string, key: string): Promise<void> {
    this.#role.require("s3:DeleteObject", [objectArn(bucket, key, this.#access.region)]);
    try {
      await this.#parts.objects.remove(bucket, key);
    } catch (error) {
      throw this.#translated(error);
    }
  }

  async close(): Promise<void> {}

  #requireKey({ encryption, bucket }: ObjectVersion): void {
    if (encryption.kind === "customer")
      throw new WarehouseObjectError(
        "InvalidRequest",
        "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.",
        400,
      );
    if (encryption.kind !== "kms") return;
    const { account, region } = this.#access.cluster;
    const permission = this.#parts.keys.permission({
      action: "kms:Decrypt",
      keyId: encryption.keyId,
      owner: { account, region: this.#parts.objects.bucket(bucket)?.region ?? region },
      caller: account,
      context: encryption.context,
    });
    if (permission !== undefined)
      this.#role.require(permission.action, permission.resources, permission.context);
  }

  /** A name of its own for the version's plain file, which stays when the object goes. */
  async #linked(version: ObjectVersion): Promise<string | undefined> {
    const path = this.#parts.objects.path(version);
    if (path === undefined) return undefined;
    const { linksFolder } = this.#parts;
    await mkdir(linksFolder, { recursive: true, mode: 0o700 });
    // Readers tell formats by what a file is called.
    const linked = join(linksFolder, randomUUID());
    try {
      await link(path, linked);
    } catch (error) {
      if (systemCode(error) === "ENOENT")
        throw new WarehouseObjectError("NoSuchKey", "The specified key does not exist.", 404);
      if (systemCode(error) !== "EXDEV" && systemCode(error) !== "EPERM") throw error;
      await copyFile(path, linked);
    }
    return linked;
  }

  async *#bytes(
    open: () => Promise<AsyncIterable<Uint8Array> & { close(): Promise<void> }>,
  ): AsyncGenerator<Uint8Array, void, void> {
    try {
      const bytes = await open();
      try {
        for await (const piece of bytes) {
          this.#signal.throwIfAborted();
          yield piece;
        }
      } finally {
        await bytes.close();
      }
    } catch (error) {
      throw this.#translated(error);
    }
  }

  #stored<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw this.#translated(error);
    }
  }

  #translated(error: unknown): unknown {
    if (this.#signal.aborted) return this.#signal.reason;
    const options = { cause: error };
    if (error instanceof NoSuchBucketError) return noSuchBucket(options);
    if (error instanceof ObjectTargetError) {
      if (error.code === "S3.NoSuchBucket") return noSuchBucket(options);
      const code = error.code.replace(/^S3\./, "");
      const refused = code === "AccessDenied";
      const cause = refused && typeof error.cause === "string" ? error.cause : error.message;
      return new WarehouseObjectError(code, cause, refused ? 403 : 400, options);
    }
    if (error instanceof ServiceError)
      return new WarehouseObjectError(error.code, error.message, error.status, options);
    if (error instanceof ObjectStoreError)
      return new WarehouseObjectError("InternalError", messageOf(error), 500, options);
    return error;
  }
}

function noSuchBucket(options: ErrorOptions): WarehouseObjectError {
  return new WarehouseObjectError("NoSuchBucket", "The specified bucket does not exist", 404, options);
}

function foundObject({ key, size, lastModifiedMs, etag }: ObjectVersion): FoundObject {
  return { key, bytes: size, lastModifiedMs, etag };
}

async function* buffers(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, void> {
  for await (const piece of body) yield Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
}
