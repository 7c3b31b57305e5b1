import type { CreateMultipartUploadOutput, CreateMultipartUploadRequest } from "@aws-sdk/client-s3";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import { encryptionMembers, requestedEncryption } from "../encryption-request.ts";
import { anonymousMayNot } from "../errors.ts";
import { uploadChecksum } from "../multipart-checksum.ts";
import { newObjectAttributes } from "../new-object.ts";
import { checkKey } from "../object-lookup.ts";
import type { S3State } from "../state.ts";
import { newUploadToken, uploadIdOf } from "../upload-lookup.ts";

export async function createMultipartUpload(
  state: S3State,
  input: Input<CreateMultipartUploadRequest>,
  call: Call,
): Promise<CreateMultipartUploadOutput> {
  if (call.principal.kind === "anonymous") throw anonymousMayNot("initiate multipart uploads");
  const bucket = findBucket(state, input);
  checkKey(input.Key);
  const checksum = uploadChecksum(input);
  const attributes = newObjectAttributes(bucket, input, call, state.clock.now());
  const encryption = await requestedEncryption(state, bucket, input.Key, input, call);
  const upload = await state.objects.startUpload(bucket.name, input.Key, {
    attributes: { ...attributes, settings: { ...attributes.settings, ...newUploadToken() } },
    checksum,
    ...encryption,
  });
  return {
    Bucket: bucket.name,
    Key: input.Key,
    UploadId: uploadIdOf(upload),
    ...(checksum === undefined ? {} : { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
    ...encryptionMembers(upload.encryption),
  };
}
