import type { HeadObjectOutput, HeadObjectRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { checkRead } from "../conditions.ts";
import { neededKey } from "../customer-key.ts";
import { findObject } from "../object-lookup.ts";
import { conditionsOf, extentOf, objectOutput } from "../object-output.ts";
import type { S3State } from "../state.ts";

export function headObject(state: S3State, input: Input<HeadObjectRequest>): HeadObjectOutput {
  const nowMs = state.clock.now();
  const { bucket, version } = findObject(state, input, "HEAD");
  checkRead(version, conditionsOf(input), nowMs);
  neededKey(version, input);
  return objectOutput(bucket, version, extentOf(version, input), input, nowMs);
}
