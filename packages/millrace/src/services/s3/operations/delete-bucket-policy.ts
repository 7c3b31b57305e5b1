import type { DeleteBucketPolicyRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { changeSettings } from "../bucket-change.ts";
import type { S3State } from "../state.ts";

export async function deleteBucketPolicy(
  state: S3State,
  input: Input<DeleteBucketPolicyRequest>,
): Promise<void> {
  await changeSettings(state, input, () => ({ policy: undefined }));
}
