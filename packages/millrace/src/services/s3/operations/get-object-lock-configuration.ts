import type { GetObjectLockConfigurationOutput, GetObjectLockConfigurationRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import { settingsOf } from "../bucket-settings.ts";
import { noSuchObjectLock } from "../configuration-errors.ts";
import type { S3State } from "../state.ts";

export function getObjectLockConfiguration(
  state: S3State,
  input: Input<GetObjectLockConfigurationRequest>,
): GetObjectLockConfigurationOutput {
  const bucket = findBucket(state, input);
  if (!bucket.objectLock) throw noSuchObjectLock(bucket.name);
  const rule = settingsOf(bucket).defaultRetention;
  const configuration = { ObjectLockEnabled: "Enabled" as const };
  if (rule === undefined) return { ObjectLockConfiguration: configuration };
  const { mode: Mode, days: Days, years: Years } = rule;
  return { ObjectLockConfiguration: { ...configuration, Rule: { DefaultRetention: { Mode, Days, Years } } } };
}
