import type { DeleteBucketRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import type { S3State } from "../state.ts";

export async function deleteBucket(state: S3State, input: Input<DeleteBucketRequest>): Promise<void> {
  const { name } = findBucket(state, input);
  await state.objects.deleteBucket(name);
}
