import type { PutObjectOutput, PutObjectRequest } from "@aws-sdk/client-s3";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import { type ChecksumInput, checksumMembers, promisedChecksum, verifyWritten } from "../checksum-request.ts";
import { writeCheck } from "../conditions.ts";
import { encryptionMembers, requestedEncryption } from "../encryption-request.ts";
import { invalidRequest, notImplemented } from "../errors.ts";
import { newObjectAttributes } from "../new-object.ts";
import { checkKey, writtenMembers } from "../object-lookup.ts";
import type { S3State } from "../state.ts";
import { bodyOf, declaredBytes } from "../upload-body.ts";

type PutInput = Input<PutObjectRequest> & ChecksumInput;

export async function putObject(state: S3State, input: PutInput, call: Call): Promise<PutObjectOutput> {
  const bucket = findBucket(state, input);
  checkKey(input.Key);
  if (input.WriteOffsetBytes !== undefined) throw notImplemented("x-amz-write-offset-bytes");
  declaredBytes(call);
  const promised = promisedChecksum(input, call.payload?.trailerNames);
  const { algorithm } = promised;
  requireDigest(input, algorithm);
  const attributes = newObjectAttributes(bucket, input, call, state.clock.now());
  const check = writeCheck(input, input.Key);
  const encryption = await requestedEncryption(state, bucket, input.Key, input, call);
  const version = await state.objects.put(bucket.name, input.Key, bodyOf(input), {
    attributes,
    digests: algorithm === undefined ? [] : [algorithm],
    verify: (written) => verifyWritten(promised, written, call.payload?.trailers),
    ...encryption,
    ...(check === undefined ? {} : { check }),
    eventName: call.operation === "PostObject" ? "ObjectCreated:Post" : "ObjectCreated:Put",
  });
  return {
    ETag: `"${version.etag}"`,
    ...checksumMembers(version.checksum),
    ...encryptionMembers(version.encryption),
    ...writtenMembers(bucket, version),
  };
}

/** A lock on the wrong bytes could not be undone, so what is locked comes with a digest. */
function requireDigest(input: PutInput, algorithm: string | undefined): void {
  const { ObjectLockMode, ObjectLockLegalHoldStatus, ContentMD5 } = input;
  const isLocked = (ObjectLockMode ?? ObjectLockLegalHoldStatus) !== undefined;
  if (!isLocked || ContentMD5 !== undefined || algorithm !== undefined) return;
  throw invalidRequest(
    "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters",
  );
}
