import type {
  FoundObject,
  ObjectWriteOptions,
  OpenedObject,
  StatementObjects,
} from "../kernels/warehouse/objects-port.ts";
import { bucketArn, objectArn } from "../services/s3/arn.ts";
import type { StatementRole } from "./statement-role.ts";

/**
 * Another S3 that knows nothing of this Millrace's roles: what a statement may do there its role's own policies
 * say, before the configuration's credentials are used for it.
 */
export class RoleGuardedObjects implements StatementObjects {
  readonly #objects: StatementObjects;
  readonly #role: StatementRole;
  readonly #region: string;

  constructor(objects: StatementObjects, role: StatementRole, region: string) {
    this.#objects = objects;
    this.#role = role;
    this.#region = region;
  }

  async *list(bucket: string, prefix: string): AsyncGenerator<FoundObject, void, void> {
    this.#role.require("s3:ListBucket", [bucketArn(bucket, this.#region)], { "s3:prefix": prefix });
    yield* this.#objects.list(bucket, prefix);
  }

  async open(bucket: string, key: string): Promise<OpenedObject> {
    this.#role.require("s3:GetObject", [objectArn(bucket, key, this.#region)]);
    return this.#objects.open(bucket, key);
  }

  async put(
    bucket: string,
    key: string,
    body: AsyncIterable<Uint8Array>,
    options: ObjectWriteOptions,
  ): Promise<{ readonly bytes: number }> {
    const { kmsKeyId } = options;
    this.#role.require("s3:PutObject", [objectArn(bucket, key, this.#region)], {
      "s3:x-amz-server-side-encryption": kmsKeyId === undefined ? undefined : "aws:kms",
      "s3:x-amz-server-side-encryption-aws-kms-key-id": kmsKeyId,
    });
    return this.#objects.put(bucket, key, body, options);
  }

  async remove(bucket: string, key: string): Promise<void> {
    this.#role.require("s3:DeleteObject", [objectArn(bucket, key, this.#region)]);
    return this.#objects.remove(bucket, key);
  }

  close(): Promise<void> {
    return this.#objects.close();
  }
}
