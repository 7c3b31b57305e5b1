import type { PutBucketNotificationConfigurationRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { changeSettings } from "../bucket-change.ts";
import { keptNotifications } from "../notifications/notification-input.ts";
import type { S3State } from "../state.ts";

export async function putBucketNotificationConfiguration(
  state: S3State,
  input: Input<PutBucketNotificationConfigurationRequest>,
): Promise<void> {
  const skipValidation = input.SkipDestinationValidation === true;
  const notifications = keptNotifications(input.NotificationConfiguration, { skipValidation });
  await changeSettings(state, input, () => ({ notifications }));
}
