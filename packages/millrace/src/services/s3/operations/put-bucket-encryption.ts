import type { PutBucketEncryptionRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { changeSettings } from "../bucket-change.ts";
import { findBucket } from "../bucket-lookup.ts";
import { keptEncryption } from "../encryption-settings.ts";
import type { S3State } from "../state.ts";

export async function putBucketEncryption(
  state: S3State,
  input: Input<PutBucketEncryptionRequest>,
): Promise<void> {
  findBucket(state, input);
  const encryption = keptEncryption(input.ServerSideEncryptionConfiguration.Rules);
  await changeSettings(state, input, () => ({ encryption }));
}
