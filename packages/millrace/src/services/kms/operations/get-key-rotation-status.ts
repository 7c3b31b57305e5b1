import type { GetKeyRotationStatusRequest, GetKeyRotationStatusResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findKeyWithoutAlias } from "../key-lookup.ts";
import { primaryOf } from "../rotation.ts";
import { requireRotatable } from "../rotation-check.ts";
import type { KmsState } from "../state.ts";

export function getKeyRotationStatus(
  state: KmsState,
  { KeyId }: Input<GetKeyRotationStatusRequest>,
  call: Call,
): GetKeyRotationStatusResponse {
  const key = findKeyWithoutAlias(state, KeyId, call);
  requireRotatable(key, false);
  const { rotation } = primaryOf(state, key).document;
  // A key on its way out does not rotate, and says so.
  if (rotation === undefined || key.document.deletion !== undefined)
    return { KeyRotationEnabled: false, KeyId: key.arn };
  return {
    KeyRotationEnabled: true,
    KeyId: key.arn,
    RotationPeriodInDays: rotation.periodDays,
    NextRotationDate: new Date(rotation.nextMs),
  };
}
