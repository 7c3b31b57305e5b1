import type { UpdateKeyDescriptionRequest } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findCustomerKey } from "../key-lookup.ts";
import { requireKept } from "../key-state.ts";
import type { KmsState } from "../state.ts";

export function updateKeyDescription(
  state: KmsState,
  { KeyId, Description }: Input<UpdateKeyDescriptionRequest>,
  call: Call,
): Promise<void> {
  return state.change(async () => {
    const key = findCustomerKey(state, KeyId, call);
    requireKept(key, state.clock.now());
    await state.keys.commit([{ put: { ...key.document, description: Description } }]);
  });
}
