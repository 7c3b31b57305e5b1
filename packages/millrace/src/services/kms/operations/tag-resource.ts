import type { TagResourceRequest } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findCustomerKey } from "../key-lookup.ts";
import { requireKept } from "../key-state.ts";
import type { KmsState } from "../state.ts";
import { withTags } from "../tags.ts";

export function tagResource(
  state: KmsState,
  { KeyId, Tags }: Input<TagResourceRequest>,
  call: Call,
): Promise<void> {
  return state.change(async () => {
    const key = findCustomerKey(state, KeyId, call);
    requireKept(key, state.clock.now());
    await state.keys.commit([{ put: { ...key.document, tags: withTags(key.document.tags, Tags) } }]);
  });
}
