import type { PutBucketRequestPaymentRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import { unsupported } from "../configuration-errors.ts";
import { malformedXml } from "../errors.ts";
import type { S3State } from "../state.ts";

export async function putBucketRequestPayment(
  state: S3State,
  input: Input<PutBucketRequestPaymentRequest>,
): Promise<void> {
  const { Payer } = input.RequestPaymentConfiguration;
  if (Payer === "Requester") throw unsupported("RequestPayment with Requester as the payer");
  if (Payer !== "BucketOwner") throw malformedXml();
  // It is always the owner who pays, so there is nothing to keep.
  findBucket(state, input);
}
