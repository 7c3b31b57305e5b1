import type { UploadPartOutput, UploadPartRequest } from "@aws-sdk/client-s3";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { type ChecksumInput, promisedChecksum } from "../checksum-request.ts";
import { encryptionMembers } from "../encryption-request.ts";
import { partChecksum, putPart } from "../part-upload.ts";
import type { S3State } from "../state.ts";
import { bodyOf, declaredBytes } from "../upload-body.ts";
import { checkPartNumber, findUpload } from "../upload-lookup.ts";

export async function uploadPart(
  state: S3State,
  input: Input<UploadPartRequest> & ChecksumInput,
  call: Call,
): Promise<UploadPartOutput> {
  checkPartNumber(input.PartNumber);
  const { upload } = findUpload(state, input);
  const bytes = declaredBytes(call);
  const part = await putPart(
    state,
    upload,
    {
      number: input.PartNumber,
      body: bodyOf(input),
      bytes,
      promised: promisedChecksum(input, call.payload?.trailerNames),
      trailers: call.payload?.trailers,
    },
    input,
  );
  return { ETag: `"${part.etag}"`, ...partChecksum(part), ...encryptionMembers(upload.encryption) };
}
