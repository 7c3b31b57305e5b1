import type { RestoreObjectOutput, RestoreObjectRequest } from "@aws-sdk/client-s3";
import { ServiceError } from "../../../core/errors.ts";
import type { Input } from "../../../gateway/service.ts";
import { malformedXml, notImplemented } from "../errors.ts";
import { findObject } from "../object-lookup.ts";
import { isArchived, restoredUntilMs } from "../restoration.ts";
import type { S3State } from "../state.ts";

const dayMs = 86_400_000;

/** What AWS takes minutes or hours for is done at once: the bytes never went anywhere. */
export async function restoreObject(
  state: S3State,
  input: Input<RestoreObjectRequest>,
): Promise<RestoreObjectOutput & { readonly StatusCode: number }> {
  const { RestoreRequest: request } = input;
  if (request === undefined) throw malformedXml();
  if (
    request.Type !== undefined ||
    request.SelectParameters !== undefined ||
    request.OutputLocation !== undefined
  )
    throw notImplemented("restoring by SELECT");
  const days = request.Days;
  if (days === undefined || !Number.isInteger(days) || days < 1) throw malformedXml();
  const { bucket, version } = findObject(state, input, "POST");
  if (!isArchived(version)) {
    const message = "Restore is not allowed for the object's current storage class";
    throw new ServiceError("InvalidObjectState", message, {
      status: 403,
      members: { StorageClass: version.storageClass },
    });
  }
  const nowMs = state.clock.now();
  const wasRestored = restoredUntilMs(version, nowMs) !== undefined;
  // AWS rounds up to the next midnight in UTC.
  const restoredMs = Math.ceil((nowMs + days * dayMs) / dayMs) * dayMs;
  await state.objects.change(
    bucket.name,
    version.key,
    version.versionId,
    (current) => ({ ...current, settings: { ...current.settings, restoredUntilMs: restoredMs } }),
    "ObjectRestore:Completed",
  );
  return { StatusCode: wasRestored ? 200 : 202 };
}
