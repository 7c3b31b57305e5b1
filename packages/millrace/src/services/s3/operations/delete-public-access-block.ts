import type { DeletePublicAccessBlockRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { changeSettings } from "../bucket-change.ts";
import type { S3State } from "../state.ts";

export async function deletePublicAccessBlock(
  state: S3State,
  input: Input<DeletePublicAccessBlockRequest>,
): Promise<void> {
  await changeSettings(state, input, () => ({ publicAccess: undefined }));
}
