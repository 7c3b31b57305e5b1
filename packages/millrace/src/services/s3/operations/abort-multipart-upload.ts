import type { AbortMultipartUploadOutput, AbortMultipartUploadRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { notImplemented } from "../errors.ts";
import type { S3State } from "../state.ts";
import { findUpload } from "../upload-lookup.ts";

export async function abortMultipartUpload(
  state: S3State,
  input: Input<AbortMultipartUploadRequest>,
): Promise<AbortMultipartUploadOutput> {
  if (input.IfMatchInitiatedTime !== undefined) throw notImplemented("x-amz-if-match-initiated-time");
  const { upload } = findUpload(state, input);
  await state.objects.abortUpload(upload);
  return {};
}
