import type {
  GetBucketNotificationConfigurationRequest,
  NotificationConfiguration,
} from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import { settingsOf } from "../bucket-settings.ts";
import type { S3State } from "../state.ts";

export function getBucketNotificationConfiguration(
  state: S3State,
  input: Input<GetBucketNotificationConfigurationRequest>,
): NotificationConfiguration {
  return settingsOf(findBucket(state, input)).notifications ?? {};
}
