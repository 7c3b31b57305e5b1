import type { DeleteBucketLifecycleRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { changeSettings } from "../bucket-change.ts";
import type { S3State } from "../state.ts";

export async function deleteBucketLifecycle(
  state: S3State,
  input: Input<DeleteBucketLifecycleRequest>,
): Promise<void> {
  await changeSettings(state, input, () => ({ lifecycle: undefined }));
}
