import type { CompleteMultipartUploadOutput, CompleteMultipartUploadRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import type { Bucket, ObjectVersion } from "../../../kernels/objects/index.ts";
import { findBucket } from "../bucket-lookup.ts";
import { checksumMembers } from "../checksum-request.ts";
import { completedParts, promisedWhole } from "../completed-parts.ts";
import { writeCheck } from "../conditions.ts";
import { neededKey } from "../customer-key.ts";
import { encryptionMembers } from "../encryption-request.ts";
import { conflict } from "../errors.ts";
import { wholeChecksum, wholeEtag } from "../multipart-checksum.ts";
import { writtenMembers } from "../object-lookup.ts";
import type { S3State } from "../state.ts";
import { completedFrom, findUpload, uploadedParts } from "../upload-lookup.ts";

type CompleteInput = Input<CompleteMultipartUploadRequest>;

export async function completeMultipartUpload(
  state: S3State,
  input: CompleteInput,
): Promise<CompleteMultipartUploadOutput> {
  const done = completedFrom(state, input);
  // A client that did not hear the answer asks again, and hears the same.
  if (done !== undefined) return completedOutput(findBucket(state, input), done);
  const { bucket, upload } = findUpload(state, input);
  const parts = completedParts(upload, input, uploadedParts(state, upload));
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const checksum = wholeChecksum(upload, parts);
  const etag = wholeEtag(parts);
  promisedWhole(upload, input, { size, checksum });
  const check = writeCheck(input, input.Key);
  const key = upload.encryption.kind === "customer" ? customerKeyOf(upload, input) : undefined;
  const version = await state.objects.completeUpload(upload, {
    parts: parts.map((part) => part.number),
    verify: (object) => {
      // A part may be replaced while it is being joined to the others; what was checked is what must be there.
      if (object.etag !== etag) throw conflict(input.Key);
      return checksum;
    },
    ...(check === undefined ? {} : { check }),
    ...(key === undefined ? {} : { customerKey: key }),
  });
  return completedOutput(bucket, version);
}

/** The key of the parts is needed only where the store asks for it, and AWS does not ask for it here. */
function customerKeyOf(
  upload: Parameters<typeof neededKey>[0],
  input: CompleteInput,
): Uint8Array | undefined {
  return input.SSECustomerKey === undefined ? undefined : neededKey(upload, input);
}

function completedOutput(bucket: Bucket, version: ObjectVersion): CompleteMultipartUploadOutput {
  const { name, region } = bucket;
  const path = version.key.split("/").map(encodeURIComponent).join("/");
  return {
    Location: `https://${name}.s3.${region}.amazonaws.com/${path}`,
    Bucket: name,
    Key: version.key,
    ETag: `"${version.etag}"`,
    ...checksumMembers(version.checksum),
    ...encryptionMembers(version.encryption),
    ...writtenMembers(bucket, version),
  };
}
