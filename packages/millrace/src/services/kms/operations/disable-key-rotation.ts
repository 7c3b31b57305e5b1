import type { DisableKeyRotationRequest } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findCustomerKey } from "../key-lookup.ts";
import { requireEnabled } from "../key-state.ts";
import { requirePrimary, requireRotatable } from "../rotation-check.ts";
import type { KmsState } from "../state.ts";

export function disableKeyRotation(
  state: KmsState,
  { KeyId }: Input<DisableKeyRotationRequest>,
  call: Call,
): Promise<void> {
  return state.change(async () => {
    const key = findCustomerKey(state, KeyId, call);
    requireRotatable(key, true);
    requirePrimary(key);
    requireEnabled(key, state.clock.now());
    const { rotation: _, ...rest } = key.document;
    await state.keys.commit([{ put: rest }]);
  });
}
