import type { GetBucketEncryptionOutput, GetBucketEncryptionRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import { settingsOf } from "../bucket-settings.ts";
import { noSuchEncryption } from "../configuration-errors.ts";
import { describeEncryption } from "../encryption-settings.ts";
import type { S3State } from "../state.ts";

export function getBucketEncryption(
  state: S3State,
  input: Input<GetBucketEncryptionRequest>,
): GetBucketEncryptionOutput {
  const bucket = findBucket(state, input);
  const { encryption } = settingsOf(bucket);
  if (encryption === undefined) throw noSuchEncryption(bucket.name);
  return { ServerSideEncryptionConfiguration: { Rules: [describeEncryption(encryption)] } };
}
