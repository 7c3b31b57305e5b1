import type { GetBucketCorsOutput, GetBucketCorsRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import { settingsOf } from "../bucket-settings.ts";
import { noSuchCors } from "../configuration-errors.ts";
import type { S3State } from "../state.ts";

export function getBucketCors(state: S3State, input: Input<GetBucketCorsRequest>): GetBucketCorsOutput {
  const bucket = findBucket(state, input);
  const { cors } = settingsOf(bucket);
  if (cors === undefined) throw noSuchCors(bucket.name);
  return { CORSRules: [...cors] };
}
