import type { PutObjectRetentionOutput, PutObjectRetentionRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import type { Retention } from "../../../kernels/objects/index.ts";
import { malformedXml } from "../errors.ts";
import { checkRetentionChange, futureDate, readMode, requireObjectLock } from "../object-lock.ts";
import { findObject } from "../object-lookup.ts";
import type { S3State } from "../state.ts";

type RetentionInput = Input<PutObjectRetentionRequest>;

export async function putObjectRetention(
  state: S3State,
  input: RetentionInput,
): Promise<PutObjectRetentionOutput> {
  const { bucket, version } = findObject(state, input, "PUT");
  requireObjectLock(bucket);
  const nowMs = state.clock.now();
  const retention = readRetention(input, nowMs);
  const bypass = input.BypassGovernanceRetention === true;
  await state.objects.change(
    bucket.name,
    version.key,
    version.versionId,
    (current) => {
      checkRetentionChange(current, retention, bypass, nowMs);
      return { ...current, retention };
    },
    "ObjectRetention:Put",
  );
  return {};
}

/** An empty document takes the retention away. */
function readRetention({ Retention: asked }: RetentionInput, nowMs: number): Retention | undefined {
  if (asked === undefined) throw malformedXml();
  const { Mode: mode, RetainUntilDate: until } = asked;
  if (mode === undefined && until === undefined) return undefined;
  if (mode === undefined || until === undefined) throw malformedXml();
  return { mode: readMode(mode), untilMs: futureDate(until, nowMs) };
}
