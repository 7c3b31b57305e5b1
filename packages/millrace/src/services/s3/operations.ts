import type { OperationTable } from "../../gateway/service.ts";
import { copyPermissions } from "./copy-permissions.ts";
import { deletePermissions, deletesPermissions } from "./delete-permissions.ts";
import { listPermissions } from "./list-permissions.ts";
import { copyObject } from "./operations/copy-object.ts";
import { createBucket } from "./operations/create-bucket.ts";
import { deleteBucket } from "./operations/delete-bucket.ts";
import { deleteObject } from "./operations/delete-object.ts";
import { deleteObjects } from "./operations/delete-objects.ts";
import { getBucketLocation } from "./operations/get-bucket-location.ts";
import { getObject } from "./operations/get-object.ts";
import { headBucket } from "./operations/head-bucket.ts";
import { headObject } from "./operations/head-object.ts";
import { listBuckets } from "./operations/list-buckets.ts";
import { listObjectVersions } from "./operations/list-object-versions.ts";
import { listObjects } from "./operations/list-objects.ts";
import { listObjectsV2 } from "./operations/list-objects-v2.ts";
import { putObject } from "./operations/put-object.ts";
import { selectObjectContent } from "./operations/select-object-content.ts";
import { needs, onBucket } from "./permissions.ts";
import { readPermissions } from "./read-permissions.ts";
import type { S3State } from "./state.ts";
import { writePermissions } from "./write-permissions.ts";

/** What Millrace has of S3. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<S3State> = {
  // Sorted by name; `npm run new-operation` adds lines here.
  CopyObject: { run: copyObject, ...needs(copyPermissions) },
  CreateBucket: { run: createBucket, ...onBucket("s3:CreateBucket") },
  DeleteBucket: { run: deleteBucket, ...onBucket("s3:DeleteBucket") },
  DeleteObject: { run: deleteObject, ...needs(deletePermissions) },
  DeleteObjects: { run: deleteObjects, ...needs(deletesPermissions) },
  GetBucketLocation: { run: getBucketLocation, ...onBucket("s3:GetBucketLocation") },
  GetObject: { run: getObject, ...needs(readPermissions) },
  HeadBucket: { run: headBucket, ...onBucket("s3:ListBucket") },
  HeadObject: { run: headObject, ...needs(readPermissions) },
  ListBuckets: {
    run: listBuckets,
    ...needs(() => [{ action: "s3:ListAllMyBuckets", resources: ["*"] }]),
  },
  ListObjectVersions: { run: listObjectVersions, ...needs(listPermissions("s3:ListBucketVersions")) },
  ListObjects: { run: listObjects, ...needs(listPermissions("s3:ListBucket")) },
  ListObjectsV2: { run: listObjectsV2, ...needs(listPermissions("s3:ListBucket")) },
  PutObject: { run: putObject, ...needs(writePermissions) },
  // coverage: no BZIP2; no scan ranges over Parquet
  SelectObjectContent: { run: selectObjectContent, ...needs(readPermissions) },
};
