import type { GetBucketLocationOutput, GetBucketLocationRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import type { S3State } from "../state.ts";

/** A bucket of us-east-1 has no location constraint. */
export function getBucketLocation(
  state: S3State,
  input: Input<GetBucketLocationRequest>,
): GetBucketLocationOutput {
  const { region } = findBucket(state, input);
  return region === "us-east-1"
    ? {}
    : { LocationConstraint: region as NonNullable<GetBucketLocationOutput["LocationConstraint"]> };
}
