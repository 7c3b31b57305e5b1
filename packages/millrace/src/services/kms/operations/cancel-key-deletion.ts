import type { CancelKeyDeletionRequest, CancelKeyDeletionResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidState } from "../errors.ts";
import { findOwnKey } from "../key-lookup.ts";
import type { KmsState } from "../state.ts";

export function cancelKeyDeletion(
  state: KmsState,
  { KeyId }: Input<CancelKeyDeletionRequest>,
  call: Call,
): Promise<CancelKeyDeletionResponse> {
  return state.change(async () => {
    const key = findOwnKey(state, KeyId, call);
    const { deletion, ...rest } = key.document;
    if (deletion === undefined) throw invalidState(`${key.arn} is not pending deletion.`);
    await state.keys.commit([{ put: { ...rest, enabled: false } }]);
    return { KeyId: key.arn };
  });
}
