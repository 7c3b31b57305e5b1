import type { PutObjectLegalHoldOutput, PutObjectLegalHoldRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { malformedXml } from "../errors.ts";
import { requireObjectLock } from "../object-lock.ts";
import { findObject } from "../object-lookup.ts";
import type { S3State } from "../state.ts";

export async function putObjectLegalHold(
  state: S3State,
  input: Input<PutObjectLegalHoldRequest>,
): Promise<PutObjectLegalHoldOutput> {
  const { bucket, version } = findObject(state, input, "PUT");
  requireObjectLock(bucket);
  const status = input.LegalHold?.Status;
  if (status !== "ON" && status !== "OFF") throw malformedXml();
  await state.objects.change(bucket.name, version.key, version.versionId, (current) => ({
    ...current,
    legalHold: status === "ON",
  }));
  return {};
}
