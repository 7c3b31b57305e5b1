import type { GetBucketRequestPaymentOutput, GetBucketRequestPaymentRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import type { S3State } from "../state.ts";

export function getBucketRequestPayment(
  state: S3State,
  input: Input<GetBucketRequestPaymentRequest>,
): GetBucketRequestPaymentOutput {
  findBucket(state, input);
  return { Payer: "BucketOwner" };
}
