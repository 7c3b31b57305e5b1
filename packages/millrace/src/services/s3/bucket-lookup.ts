import type { Bucket } from "../../kernels/objects/index.ts";
import { accessDenied, noSuchBucket } from "./errors.ts";
import type { S3State } from "./state.ts";

/** What every operation on a bucket says of it. */
export interface BucketInput {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

/** The bucket, when it is there and belongs to whom the caller thinks it does. */
export function findBucket(state: S3State, { Bucket, ExpectedBucketOwner }: BucketInput): Bucket {
  const bucket = state.objects.bucket(Bucket);
  if (bucket === undefined) throw noSuchBucket(Bucket);
  if (ExpectedBucketOwner !== undefined && ExpectedBucketOwner !== bucket.account) throw accessDenied();
  return bucket;
}
