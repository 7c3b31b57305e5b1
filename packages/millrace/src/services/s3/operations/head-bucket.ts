import type { HeadBucketOutput, HeadBucketRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { bucketArn } from "../arn.ts";
import { findBucket } from "../bucket-lookup.ts";
import type { S3State } from "../state.ts";

export function headBucket(state: S3State, input: Input<HeadBucketRequest>): HeadBucketOutput {
  const { name, region } = findBucket(state, input);
  return { BucketRegion: region, BucketArn: bucketArn(name, region), AccessPointAlias: false };
}
