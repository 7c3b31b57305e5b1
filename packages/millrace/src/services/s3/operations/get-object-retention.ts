import type { GetObjectRetentionOutput, GetObjectRetentionRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { noLockConfiguration, requireObjectLock } from "../object-lock.ts";
import { findObject } from "../object-lookup.ts";
import type { S3State } from "../state.ts";

export function getObjectRetention(
  state: S3State,
  input: Input<GetObjectRetentionRequest>,
): GetObjectRetentionOutput {
  const { bucket, version } = findObject(state, input, "GET");
  requireObjectLock(bucket);
  const { retention } = version;
  if (retention === undefined) throw noLockConfiguration();
  return { Retention: { Mode: retention.mode, RetainUntilDate: new Date(retention.untilMs) } };
}
