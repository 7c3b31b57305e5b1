import type { PutObjectLockConfigurationOutput, PutObjectLockConfigurationRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import { withSettings } from "../bucket-settings.ts";
import { invalidBucketState } from "../configuration-errors.ts";
import { malformedXml } from "../errors.ts";
import { keptRetention } from "../lock-settings.ts";
import type { S3State } from "../state.ts";

export async function putObjectLockConfiguration(
  state: S3State,
  input: Input<PutObjectLockConfigurationRequest>,
): Promise<PutObjectLockConfigurationOutput> {
  if (input.ObjectLockConfiguration === undefined) throw malformedXml();
  const defaultRetention = keptRetention(input.ObjectLockConfiguration);
  const { name } = findBucket(state, input);
  await state.objects.changeBucket(name, (bucket) => {
    if (bucket.versioning !== "enabled")
      throw invalidBucketState(
        "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
      );
    return { ...withSettings(bucket, { defaultRetention }), objectLock: true };
  });
  return {};
}
