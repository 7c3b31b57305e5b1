import type { DeleteBucketCorsRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { changeSettings } from "../bucket-change.ts";
import type { S3State } from "../state.ts";

export async function deleteBucketCors(state: S3State, input: Input<DeleteBucketCorsRequest>): Promise<void> {
  await changeSettings(state, input, () => ({ cors: undefined }));
}
