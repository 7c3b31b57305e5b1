import type { OperationTable } from "../../gateway/service.ts";
import { copyPermissions, partCopyPermissions } from "./copy-permissions.ts";
import { createPermissions } from "./create-permissions.ts";
import { completePermissions, partPermissions } from "./decrypt-permissions.ts";
import { deletePermissions, retentionPermissions } from "./delete-permissions.ts";
import { listPermissions } from "./list-permissions.ts";
import { abortMultipartUpload } from "./operations/abort-multipart-upload.ts";
import { completeMultipartUpload } from "./operations/complete-multipart-upload.ts";
import { copyObject } from "./operations/copy-object.ts";
import { createBucket } from "./operations/create-bucket.ts";
import { createMultipartUpload } from "./operations/create-multipart-upload.ts";
import { deleteBucket } from "./operations/delete-bucket.ts";
import { deleteBucketCors } from "./operations/delete-bucket-cors.ts";
import { deleteBucketEncryption } from "./operations/delete-bucket-encryption.ts";
import { deleteBucketLifecycle } from "./operations/delete-bucket-lifecycle.ts";
import { deleteBucketOwnershipControls } from "./operations/delete-bucket-ownership-controls.ts";
import { deleteBucketPolicy } from "./operations/delete-bucket-policy.ts";
import { deleteBucketTagging } from "./operations/delete-bucket-tagging.ts";
import { deleteObject } from "./operations/delete-object.ts";
import { deleteObjectTagging } from "./operations/delete-object-tagging.ts";
import { deleteObjects } from "./operations/delete-objects.ts";
import { deletePublicAccessBlock } from "./operations/delete-public-access-block.ts";
import { getBucketAcl } from "./operations/get-bucket-acl.ts";
import { getBucketCors } from "./operations/get-bucket-cors.ts";
import { getBucketEncryption } from "./operations/get-bucket-encryption.ts";
import { getBucketLifecycleConfiguration } from "./operations/get-bucket-lifecycle-configuration.ts";
import { getBucketLocation } from "./operations/get-bucket-location.ts";
import { getBucketNotificationConfiguration } from "./operations/get-bucket-notification-configuration.ts";
import { getBucketOwnershipControls } from "./operations/get-bucket-ownership-controls.ts";
import { getBucketPolicy } from "./operations/get-bucket-policy.ts";
import { getBucketPolicyStatus } from "./operations/get-bucket-policy-status.ts";
import { getBucketRequestPayment } from "./operations/get-bucket-request-payment.ts";
import { getBucketTagging } from "./operations/get-bucket-tagging.ts";
import { getBucketVersioning } from "./operations/get-bucket-versioning.ts";
import { getObject } from "./operations/get-object.ts";
import { getObjectAcl } from "./operations/get-object-acl.ts";
import { getObjectAttributes } from "./operations/get-object-attributes.ts";
import { getObjectLegalHold } from "./operations/get-object-legal-hold.ts";
import { getObjectLockConfiguration } from "./operations/get-object-lock-configuration.ts";
import { getObjectRetention } from "./operations/get-object-retention.ts";
import { getObjectTagging } from "./operations/get-object-tagging.ts";
import { getPublicAccessBlock } from "./operations/get-public-access-block.ts";
import { headBucket } from "./operations/head-bucket.ts";
import { headObject } from "./operations/head-object.ts";
import { listBuckets } from "./operations/list-buckets.ts";
import { listMultipartUploads } from "./operations/list-multipart-uploads.ts";
import { listObjectVersions } from "./operations/list-object-versions.ts";
import { listObjects } from "./operations/list-objects.ts";
import { listObjectsV2 } from "./operations/list-objects-v2.ts";
import { listParts } from "./operations/list-parts.ts";
import { putBucketAcl } from "./operations/put-bucket-acl.ts";
import { putBucketCors } from "./operations/put-bucket-cors.ts";
import { putBucketEncryption } from "./operations/put-bucket-encryption.ts";
import { putBucketLifecycleConfiguration } from "./operations/put-bucket-lifecycle-configuration.ts";
import { putBucketNotificationConfiguration } from "./operations/put-bucket-notification-configuration.ts";
import { putBucketOwnershipControls } from "./operations/put-bucket-ownership-controls.ts";
import { putBucketPolicy } from "./operations/put-bucket-policy.ts";
import { putBucketRequestPayment } from "./operations/put-bucket-request-payment.ts";
import { putBucketTagging } from "./operations/put-bucket-tagging.ts";
import { putBucketVersioning } from "./operations/put-bucket-versioning.ts";
import { putObject } from "./operations/put-object.ts";
import { putObjectAcl } from "./operations/put-object-acl.ts";
import { putObjectLegalHold } from "./operations/put-object-legal-hold.ts";
import { putObjectLockConfiguration } from "./operations/put-object-lock-configuration.ts";
import { putObjectRetention } from "./operations/put-object-retention.ts";
import { putObjectTagging } from "./operations/put-object-tagging.ts";
import { putPublicAccessBlock } from "./operations/put-public-access-block.ts";
import { restoreObject } from "./operations/restore-object.ts";
import { selectObjectContent } from "./operations/select-object-content.ts";
import { uploadPart } from "./operations/upload-part.ts";
import { uploadPartCopy } from "./operations/upload-part-copy.ts";
import { needs, onBucket, onBucketPolicy, onObject } from "./permissions.ts";
import { attributesPermissions, readPermissions } from "./read-permissions.ts";
import type { S3State } from "./state.ts";
import { writePermissions } from "./write-permissions.ts";

/** What Millrace has of S3. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<S3State> = {
  // Sorted by name; `npm run new-operation` adds lines here.
  AbortMultipartUpload: { run: abortMultipartUpload, ...onObject("s3:AbortMultipartUpload") },
  CompleteMultipartUpload: { run: completeMultipartUpload, ...needs(completePermissions) },
  CopyObject: { run: copyObject, ...needs(copyPermissions) },
  CreateBucket: { run: createBucket, ...needs(createPermissions) },
  CreateMultipartUpload: { run: createMultipartUpload, ...needs(writePermissions) },
  DeleteBucket: { run: deleteBucket, ...onBucket("s3:DeleteBucket") },
  DeleteBucketCors: { run: deleteBucketCors, ...onBucket("s3:PutBucketCORS") },
  DeleteBucketEncryption: { run: deleteBucketEncryption, ...onBucket("s3:PutEncryptionConfiguration") },
  DeleteBucketLifecycle: { run: deleteBucketLifecycle, ...onBucket("s3:PutLifecycleConfiguration") },
  DeleteBucketOwnershipControls: {
    run: deleteBucketOwnershipControls,
    ...onBucket("s3:PutBucketOwnershipControls"),
  },
  DeleteBucketPolicy: { run: deleteBucketPolicy, ...onBucketPolicy("s3:DeleteBucketPolicy") },
  DeleteBucketTagging: { run: deleteBucketTagging, ...onBucket("s3:PutBucketTagging") },
  DeleteObject: { run: deleteObject, ...needs(deletePermissions) },
  DeleteObjectTagging: {
    run: deleteObjectTagging,
    ...onObject("s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging"),
  },
  // Asks for each key's permission itself.
  DeleteObjects: { run: deleteObjects, ...needs(() => []) },
  DeletePublicAccessBlock: { run: deletePublicAccessBlock, ...onBucket("s3:PutBucketPublicAccessBlock") },
  GetBucketAcl: { run: getBucketAcl, ...onBucket("s3:GetBucketAcl") },
  GetBucketCors: { run: getBucketCors, ...onBucket("s3:GetBucketCORS") },
  GetBucketEncryption: { run: getBucketEncryption, ...onBucket("s3:GetEncryptionConfiguration") },
  GetBucketLifecycleConfiguration: {
    run: getBucketLifecycleConfiguration,
    ...onBucket("s3:GetLifecycleConfiguration"),
  },
  GetBucketLocation: { run: getBucketLocation, ...onBucket("s3:GetBucketLocation") },
  GetBucketNotificationConfiguration: {
    run: getBucketNotificationConfiguration,
    ...onBucket("s3:GetBucketNotification"),
  },
  GetBucketOwnershipControls: {
    run: getBucketOwnershipControls,
    ...onBucket("s3:GetBucketOwnershipControls"),
  },
  GetBucketPolicy: { run: getBucketPolicy, ...onBucketPolicy("s3:GetBucketPolicy") },
  GetBucketPolicyStatus: { run: getBucketPolicyStatus, ...onBucket("s3:GetBucketPolicyStatus") },
  // coverage: always BucketOwner
  GetBucketRequestPayment: { run: getBucketRequestPayment, ...onBucket("s3:GetBucketRequestPayment") },
  GetBucketTagging: { run: getBucketTagging, ...onBucket("s3:GetBucketTagging") },
  GetBucketVersioning: { run: getBucketVersioning, ...onBucket("s3:GetBucketVersioning") },
  GetObject: { run: getObject, ...needs(readPermissions) },
  GetObjectAcl: { run: getObjectAcl, ...onObject("s3:GetObjectAcl", "s3:GetObjectVersionAcl") },
  GetObjectAttributes: { run: getObjectAttributes, ...needs(attributesPermissions) },
  GetObjectLegalHold: { run: getObjectLegalHold, ...onObject("s3:GetObjectLegalHold") },
  GetObjectLockConfiguration: {
    run: getObjectLockConfiguration,
    ...onBucket("s3:GetBucketObjectLockConfiguration"),
  },
  GetObjectRetention: { run: getObjectRetention, ...onObject("s3:GetObjectRetention") },
  GetObjectTagging: {
    run: getObjectTagging,
    ...onObject("s3:GetObjectTagging", "s3:GetObjectVersionTagging"),
  },
  GetPublicAccessBlock: { run: getPublicAccessBlock, ...onBucket("s3:GetBucketPublicAccessBlock") },
  HeadBucket: { run: headBucket, ...onBucket("s3:ListBucket") },
  HeadObject: { run: headObject, ...needs(readPermissions) },
  ListBuckets: {
    run: listBuckets,
    ...needs(() => [{ action: "s3:ListAllMyBuckets", resources: ["*"] }]),
  },
  // coverage: the initiator of an upload is its owner
  ListMultipartUploads: {
    run: listMultipartUploads,
    ...needs(listPermissions("s3:ListBucketMultipartUploads")),
  },
  ListObjectVersions: { run: listObjectVersions, ...needs(listPermissions("s3:ListBucketVersions")) },
  ListObjects: { run: listObjects, ...needs(listPermissions("s3:ListBucket")) },
  ListObjectsV2: { run: listObjectsV2, ...needs(listPermissions("s3:ListBucket")) },
  // coverage: the initiator of an upload is its owner
  ListParts: { run: listParts, ...onObject("s3:ListMultipartUploadParts") },
  // coverage: no grants by e-mail address, no aws-exec-read
  PutBucketAcl: { run: putBucketAcl, ...onBucket("s3:PutBucketAcl") },
  PutBucketCors: { run: putBucketCors, ...onBucket("s3:PutBucketCORS") },
  // coverage: no aws:kms:dsse
  PutBucketEncryption: { run: putBucketEncryption, ...onBucket("s3:PutEncryptionConfiguration") },
  PutBucketLifecycleConfiguration: {
    run: putBucketLifecycleConfiguration,
    ...onBucket("s3:PutLifecycleConfiguration"),
  },
  // coverage: kept and matched; no destination is served, so one is taken with SkipDestinationValidation only
  PutBucketNotificationConfiguration: {
    run: putBucketNotificationConfiguration,
    ...onBucket("s3:PutBucketNotification"),
  },
  PutBucketOwnershipControls: {
    run: putBucketOwnershipControls,
    ...onBucket("s3:PutBucketOwnershipControls"),
  },
  PutBucketPolicy: { run: putBucketPolicy, ...onBucketPolicy("s3:PutBucketPolicy") },
  // coverage: no Requester
  PutBucketRequestPayment: { run: putBucketRequestPayment, ...onBucket("s3:PutBucketRequestPayment") },
  PutBucketTagging: { run: putBucketTagging, ...onBucket("s3:PutBucketTagging") },
  // coverage: no MFA Delete
  PutBucketVersioning: { run: putBucketVersioning, ...onBucket("s3:PutBucketVersioning") },
  PutObject: { run: putObject, ...needs(writePermissions) },
  // coverage: no grants by e-mail address, no aws-exec-read
  PutObjectAcl: { run: putObjectAcl, ...onObject("s3:PutObjectAcl", "s3:PutObjectVersionAcl") },
  PutObjectLegalHold: { run: putObjectLegalHold, ...onObject("s3:PutObjectLegalHold") },
  PutObjectLockConfiguration: {
    run: putObjectLockConfiguration,
    ...onBucket("s3:PutBucketObjectLockConfiguration"),
  },
  PutObjectRetention: { run: putObjectRetention, ...needs(retentionPermissions) },
  PutObjectTagging: {
    run: putObjectTagging,
    ...onObject("s3:PutObjectTagging", "s3:PutObjectVersionTagging"),
  },
  PutPublicAccessBlock: { run: putPublicAccessBlock, ...onBucket("s3:PutBucketPublicAccessBlock") },
  // coverage: done at once; no SELECT
  RestoreObject: { run: restoreObject, ...onObject("s3:RestoreObject") },
  // coverage: no BZIP2; no scan ranges over Parquet
  SelectObjectContent: { run: selectObjectContent, ...needs(readPermissions) },
  UploadPart: { run: uploadPart, ...needs(partPermissions) },
  UploadPartCopy: { run: uploadPartCopy, ...needs(partCopyPermissions) },
};
