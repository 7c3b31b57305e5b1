import type {
  GetBucketLifecycleConfigurationOutput,
  GetBucketLifecycleConfigurationRequest,
} from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import { settingsOf } from "../bucket-settings.ts";
import { noSuchLifecycle } from "../configuration-errors.ts";
import { describeRule } from "../lifecycle/lifecycle-output.ts";
import type { S3State } from "../state.ts";

export function getBucketLifecycleConfiguration(
  state: S3State,
  input: Input<GetBucketLifecycleConfigurationRequest>,
): GetBucketLifecycleConfigurationOutput {
  const bucket = findBucket(state, input);
  const { lifecycle } = settingsOf(bucket);
  if (lifecycle === undefined) throw noSuchLifecycle(bucket.name);
  return {
    Rules: lifecycle.rules.map(describeRule),
    TransitionDefaultMinimumObjectSize: lifecycle.minimumSize,
  };
}
