import type { GetBucketVersioningOutput, GetBucketVersioningRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import type { S3State } from "../state.ts";

export function getBucketVersioning(
  state: S3State,
  input: Input<GetBucketVersioningRequest>,
): GetBucketVersioningOutput {
  const { versioning } = findBucket(state, input);
  if (versioning === "off") return {};
  return { Status: versioning === "enabled" ? "Enabled" : "Suspended" };
}
