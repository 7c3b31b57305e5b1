import type { DisableKeyRequest } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findCustomerKey } from "../key-lookup.ts";
import { requireComplete } from "../key-state.ts";
import type { KmsState } from "../state.ts";

export function disableKey(state: KmsState, { KeyId }: Input<DisableKeyRequest>, call: Call): Promise<void> {
  return state.change(async () => {
    const key = findCustomerKey(state, KeyId, call);
    requireComplete(key, state.clock.now());
    await state.keys.commit([{ put: { ...key.document, enabled: false } }]);
  });
}
