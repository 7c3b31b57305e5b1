import type { UntagResourceRequest } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findCustomerKey } from "../key-lookup.ts";
import { requireKept } from "../key-state.ts";
import type { KmsState } from "../state.ts";
import { withoutTags } from "../tags.ts";

export function untagResource(
  state: KmsState,
  { KeyId, TagKeys }: Input<UntagResourceRequest>,
  call: Call,
): Promise<void> {
  return state.change(async () => {
    const key = findCustomerKey(state, KeyId, call);
    requireKept(key, state.clock.now());
    await state.keys.commit([{ put: { ...key.document, tags: withoutTags(key.document.tags, TagKeys) } }]);
  });
}
