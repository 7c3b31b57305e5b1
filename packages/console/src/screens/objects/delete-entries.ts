import type { ObjectIdentifier, S3 } from "@aws-sdk/client-s3";
import type { Entry } from "./listing.ts";

const batchKeys = 1_000;
/** So that deleting ends, even while others go on writing. */
const maxBatches = 10_000;

/** Deletes objects, versions, and everything below folders. Answers how many. @throws the first refusal */
export async function deleteEntries(s3: S3, bucket: string, entries: readonly Entry[]): Promise<number> {
  const single = entries.filter(({ kind }) => kind !== "folder");
  let count = 0;
  for (let at = 0; at < single.length; at += batchKeys) {
    const batch = single.slice(at, at + batchKeys);
    await deleteBatch(
      s3,
      bucket,
      batch.map(({ key, versionId }) => ({ Key: key, VersionId: versionId })),
    );
    count += batch.length;
  }
  for (const { kind, key } of entries) if (kind === "folder") count += await deleteBelow(s3, bucket, key);
  return count;
}

async function deleteBelow(s3: S3, bucket: string, prefix: string): Promise<number> {
  let count = 0;
  for (let batch = 0; batch < maxBatches; batch++) {
    const { Contents = [] } = await s3.listObjectsV2({ Bucket: bucket, Prefix: prefix, MaxKeys: batchKeys });
    if (Contents.length === 0) break;
    await deleteBatch(
      s3,
      bucket,
      Contents.map(({ Key }) => ({ Key })),
    );
    count += Contents.length;
  }
  return count;
}

/** Deletes everything, versions and delete markers too. */
export async function emptyBucket(s3: S3, bucket: string): Promise<number> {
  let count = 0;
  for (let batch = 0; batch < maxBatches; batch++) {
    const { Versions = [], DeleteMarkers = [] } = await s3.listObjectVersions({
      Bucket: bucket,
      MaxKeys: batchKeys,
    });
    const all = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (all.length === 0) break;
    await deleteBatch(s3, bucket, all);
    count += all.length;
  }
  return count;
}

async function deleteBatch(
  s3: S3,
  bucket: string,
  objects: readonly { readonly Key: string | undefined; readonly VersionId?: string | undefined }[],
): Promise<void> {
  if (objects.length === 0) return;
  const Objects = objects.map(({ Key, VersionId }): ObjectIdentifier => ({ Key, VersionId }));
  const { Errors = [] } = await s3.deleteObjects({ Bucket: bucket, Delete: { Objects, Quiet: true } });
  const [first] = Errors;
  if (first === undefined) return;
  const others = Errors.length > 1 ? ` (and ${Errors.length - 1} others)` : "";
  const error = new Error(`${first.Key}: ${first.Message ?? first.Code}${others}`);
  error.name = first.Code ?? "Error";
  throw error;
}
