import type { DeleteBucketEncryptionRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { changeSettings } from "../bucket-change.ts";
import type { S3State } from "../state.ts";

export async function deleteBucketEncryption(
  state: S3State,
  input: Input<DeleteBucketEncryptionRequest>,
): Promise<void> {
  await changeSettings(state, input, () => ({ encryption: undefined }));
}
