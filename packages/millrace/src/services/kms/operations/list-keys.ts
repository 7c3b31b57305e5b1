import type { ListKeysRequest, ListKeysResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { pageOf } from "../page.ts";
import type { KmsState } from "../state.ts";

export function listKeys(state: KmsState, input: Input<ListKeysRequest>, call: Call): ListKeysResponse {
  const keys = state.keys.list(call);
  const { items, paging } = pageOf(state, call, keys, ({ document }) => document.id, input, {
    defaultLimit: 100,
  });
  return { Keys: items.map(({ document, arn }) => ({ KeyId: document.id, KeyArn: arn })), ...paging };
}
