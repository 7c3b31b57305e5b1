import type { GetObjectLegalHoldOutput, GetObjectLegalHoldRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { requireObjectLock } from "../object-lock.ts";
import { findObject } from "../object-lookup.ts";
import type { S3State } from "../state.ts";

export function getObjectLegalHold(
  state: S3State,
  input: Input<GetObjectLegalHoldRequest>,
): GetObjectLegalHoldOutput {
  const { bucket, version } = findObject(state, input, "GET");
  requireObjectLock(bucket);
  return { LegalHold: { Status: version.legalHold ? "ON" : "OFF" } };
}
