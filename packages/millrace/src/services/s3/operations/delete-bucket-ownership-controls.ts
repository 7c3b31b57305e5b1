import type { DeleteBucketOwnershipControlsRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { changeSettings } from "../bucket-change.ts";
import type { S3State } from "../state.ts";

export async function deleteBucketOwnershipControls(
  state: S3State,
  input: Input<DeleteBucketOwnershipControlsRequest>,
): Promise<void> {
  await changeSettings(state, input, () => ({ ownership: undefined }));
}
