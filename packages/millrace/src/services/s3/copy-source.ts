import type { ObjectVersion } from "../../kernels/objects/index.ts";
import { findBucket } from "./bucket-lookup.ts";
import { checkCopySource } from "./conditions.ts";
import { type CustomerKeyInput, neededKey } from "./customer-key.ts";
import { invalidArgument, invalidRequest, noSuchKey } from "./errors.ts";
import { checkVersionId, findVersion } from "./object-lookup.ts";
import { checkReadable } from "./restoration.ts";
import type { S3State } from "./state.ts";

/** Where a copy comes from, as `x-amz-copy-source` names it. */
export interface CopySource {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
}

/** What copying operations say of their source. */
export interface CopySourceInput {
  readonly CopySource: string;
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Date | undefined;
  readonly CopySourceIfUnmodifiedSince?: Date | undefined;
  readonly CopySourceSSECustomerAlgorithm?: string | undefined;
  readonly CopySourceSSECustomerKey?: string | undefined;
  readonly CopySourceSSECustomerKeyMD5?: string | undefined;
  readonly ExpectedSourceBucketOwner?: string | undefined;
}

/** `bucket/key?versionId=id`, percent-encoded, with or without a slash in front; or an object's ARN. */
export function parseCopySource(text: string): CopySource {
  const wrong = (): Error =>
    invalidArgument(
      "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
      "x-amz-copy-source",
      text,
    );
  const mark = text.lastIndexOf("?versionId=");
  const versionId = mark < 0 ? undefined : text.slice(mark + "?versionId=".length);
  let path: string;
  try {
    path = decodeURIComponent(mark < 0 ? text : text.slice(0, mark));
  } catch {
    throw wrong();
  }
  const named = path.replace(/^arn:aws[a-z-]*:s3:::/, "").replace(/^\//, "");
  const slash = named.indexOf("/");
  const [bucket, key] = slash < 0 ? [named, ""] : [named.slice(0, slash), named.slice(slash + 1)];
  if (bucket === "" || key === "") throw wrong();
  checkVersionId(versionId);
  return { bucket, key, versionId };
}

export interface FoundSource {
  readonly source: CopySource;
  readonly version: ObjectVersion;
  readonly customerKey: Uint8Array | undefined;
}

/** The version that is copied, when it may be: it is there, its conditions hold, its key was sent. */
export function findSource(state: S3State, input: CopySourceInput): FoundSource {
  const source = parseCopySource(input.CopySource);
  findBucket(state, { Bucket: source.bucket, ExpectedBucketOwner: input.ExpectedSourceBucketOwner });
  const version = findVersion(state, source.bucket, source.key, source.versionId);
  if (version.isDeleteMarker) {
    if (source.versionId === undefined) throw noSuchKey(source.key);
    throw invalidRequest(
      "The source of a copy request may not specifically refer to a delete marker by version id.",
    );
  }
  const nowMs = state.clock.now();
  checkCopySource(version, conditionsOf(input), nowMs);
  checkReadable(version, nowMs);
  return { source, version, customerKey: neededKey(version, keyOf(input)) };
}

function conditionsOf(input: CopySourceInput): Parameters<typeof checkCopySource>[1] {
  return {
    match: input.CopySourceIfMatch,
    noneMatch: input.CopySourceIfNoneMatch,
    modifiedSince: input.CopySourceIfModifiedSince,
    unmodifiedSince: input.CopySourceIfUnmodifiedSince,
  };
}

function keyOf(input: CopySourceInput): CustomerKeyInput {
  return {
    SSECustomerAlgorithm: input.CopySourceSSECustomerAlgorithm,
    SSECustomerKey: input.CopySourceSSECustomerKey,
    SSECustomerKeyMD5: input.CopySourceSSECustomerKeyMD5,
  };
}
