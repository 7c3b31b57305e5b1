import type { UploadPartCopyOutput, UploadPartCopyRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import { copyRange } from "../byte-range.ts";
import { wholeSeconds } from "../conditions.ts";
import { findSource } from "../copy-source.ts";
import { encryptionMembers } from "../encryption-request.ts";
import { invalidRequest } from "../errors.ts";
import { limits } from "../limits.ts";
import { versionIdOf } from "../object-lookup.ts";
import { partChecksum, putPart } from "../part-upload.ts";
import type { S3State } from "../state.ts";
import { checkPartNumber, findUpload } from "../upload-lookup.ts";

export async function uploadPartCopy(
  state: S3State,
  input: Input<UploadPartCopyRequest>,
): Promise<UploadPartCopyOutput> {
  checkPartNumber(input.PartNumber);
  const { upload } = findUpload(state, input);
  const { source, version, customerKey } = findSource(state, input);
  const range = copyRange(input.CopySourceRange, version.size) ?? { start: 0, end: version.size };
  const bytes = range.end - range.start;
  if (bytes > limits.putBytes)
    throw invalidRequest(
      `The specified copy source is larger than the maximum allowable size for a copy source: ${limits.putBytes}`,
    );
  const key = customerKey === undefined ? {} : { customerKey };
  const body = await state.objects.read(version, { range, ...key });
  try {
    const promised = { algorithm: undefined, value: undefined, md5: undefined };
    const about = { number: input.PartNumber, body, bytes, promised, trailers: undefined };
    const part = await putPart(state, upload, about, input);
    const sourceBucket = findBucket(state, { Bucket: source.bucket });
    const { VersionId } = versionIdOf(sourceBucket, version.versionId);
    return {
      CopyPartResult: {
        ETag: `"${part.etag}"`,
        LastModified: new Date(wholeSeconds(part.lastModifiedMs)),
        ...partChecksum(part),
      },
      ...(VersionId === undefined ? {} : { CopySourceVersionId: VersionId }),
      ...encryptionMembers(upload.encryption),
    };
  } finally {
    await body.close();
  }
}
