import type { OperationTable } from "../../gateway/service.ts";
import { createBucket } from "./operations/create-bucket.ts";
import { deleteBucket } from "./operations/delete-bucket.ts";
import { getBucketLocation } from "./operations/get-bucket-location.ts";
import { headBucket } from "./operations/head-bucket.ts";
import { listBuckets } from "./operations/list-buckets.ts";
import { needs, onBucket } from "./permissions.ts";
import type { S3State } from "./state.ts";

/** What Millrace has of S3. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<S3State> = {
  // Sorted by name; `npm run new-operation` adds lines here.
  CreateBucket: { run: createBucket, ...onBucket("s3:CreateBucket") },
  DeleteBucket: { run: deleteBucket, ...onBucket("s3:DeleteBucket") },
  GetBucketLocation: { run: getBucketLocation, ...onBucket("s3:GetBucketLocation") },
  HeadBucket: { run: headBucket, ...onBucket("s3:ListBucket") },
  ListBuckets: {
    run: listBuckets,
    ...needs(() => [{ action: "s3:ListAllMyBuckets", resources: ["*"] }]),
  },
};
