import type { CopyObjectOutput, CopyObjectRequest } from "@aws-sdk/client-s3";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { Bucket, ChecksumAlgorithm, ObjectAttributes } from "../../../kernels/objects/index.ts";
import { findBucket } from "../bucket-lookup.ts";
import { checksumMembers, readAlgorithm } from "../checksum-request.ts";
import { wholeSeconds, writeCheck } from "../conditions.ts";
import { type FoundSource, findSource } from "../copy-source.ts";
import { encryptionMembers, requestedEncryption } from "../encryption-request.ts";
import { anonymousMayNot, invalidRequest } from "../errors.ts";
import { limits } from "../limits.ts";
import { newObjectAttributes } from "../new-object.ts";
import { checkKey, versionIdOf, writtenMembers } from "../object-lookup.ts";
import type { S3State } from "../state.ts";

type CopyInput = Input<CopyObjectRequest>;

export async function copyObject(state: S3State, input: CopyInput, call: Call): Promise<CopyObjectOutput> {
  if (call.principal.kind === "anonymous") throw anonymousMayNot("copy objects");
  const bucket = findBucket(state, input);
  checkKey(input.Key);
  const found = findSource(state, input);
  const { version: source, customerKey } = found;
  checkSize(source.size);
  checkSelfCopy(input, found);
  const algorithm = readAlgorithm(input.ChecksumAlgorithm) ?? source.checksum?.algorithm;
  const check = writeCheck(input, input.Key);
  const attributes = attributesOf(bucket, input, found, call, state.clock.now());
  const encryption = await requestedEncryption(state, bucket, input.Key, input, call);
  const bytes = await state.objects.read(source, customerKey === undefined ? {} : { customerKey });
  const version = await closing(bytes, () =>
    state.objects.put(bucket.name, input.Key, bytes, {
      attributes,
      digests: algorithm === undefined ? [] : [algorithm],
      verify: ({ digests }) => keptChecksum(algorithm, digests),
      eventName: "ObjectCreated:Copy",
      ...encryption,
      ...(check === undefined ? {} : { check }),
    }),
  );
  const sourceBucket = findBucket(state, { Bucket: found.source.bucket });
  const { VersionId: sourceVersion } = versionIdOf(sourceBucket, source.versionId);
  return {
    CopyObjectResult: {
      ETag: `"${version.etag}"`,
      LastModified: new Date(wholeSeconds(version.lastModifiedMs)),
      ...checksumMembers(version.checksum),
    },
    ...(sourceVersion === undefined ? {} : { CopySourceVersionId: sourceVersion }),
    ...writtenMembers(bucket, version),
    ...encryptionMembers(version.encryption),
  };
}

function checkSize(size: number): void {
  if (size <= limits.putBytes) return;
  throw invalidRequest(
    `The specified copy source is larger than the maximum allowable size for a copy source: ${limits.putBytes}`,
  );
}

/** An object is copied onto itself only to change something about it. */
function checkSelfCopy(input: CopyInput, { source, version }: FoundSource): void {
  const isSelf = source.bucket === input.Bucket && source.key === input.Key && version.isLatest;
  const changes =
    input.MetadataDirective === "REPLACE" ||
    (input.StorageClass ??
      input.WebsiteRedirectLocation ??
      input.ServerSideEncryption ??
      input.SSECustomerAlgorithm ??
      input.ChecksumAlgorithm) !== undefined;
  if (!isSelf || changes) return;
  throw invalidRequest(
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's " +
      "metadata, storage class, website redirect location or encryption attributes.",
  );
}

/** Metadata and tags come from the source unless the client replaces them; all else is the client's. */
function attributesOf(
  bucket: Bucket,
  input: CopyInput,
  { version }: FoundSource,
  call: Call,
  nowMs: number,
): ObjectAttributes {
  const replacesTags = input.TaggingDirective === "REPLACE";
  const { Tagging, ...rest } = input;
  const own = newObjectAttributes(bucket, replacesTags ? input : rest, call, nowMs);
  const tags = replacesTags ? own.tags : version.tags;
  if (input.MetadataDirective === "REPLACE") return { ...own, tags };
  // The redirect is never copied: it is of one website.
  const { "x-amz-website-redirect-location": _redirect, ...headers } = version.headers;
  const redirect = own.headers["x-amz-website-redirect-location"];
  return {
    ...own,
    headers: redirect === undefined ? headers : { ...headers, "x-amz-website-redirect-location": redirect },
    metadata: version.metadata,
    tags,
  };
}

function keptChecksum(
  algorithm: ChecksumAlgorithm | undefined,
  digests: Readonly<Partial<Record<ChecksumAlgorithm, string>>>,
): { algorithm: ChecksumAlgorithm; type: "FULL_OBJECT"; value: string } | undefined {
  if (algorithm === undefined) return undefined;
  return { algorithm, type: "FULL_OBJECT", value: digests[algorithm] ?? "" };
}

/** A copy that is refused half-way leaves no file open. */
async function closing<T>(bytes: { close(): unknown }, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await bytes.close();
  }
}
