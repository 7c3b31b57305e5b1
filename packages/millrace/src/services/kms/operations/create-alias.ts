import type { CreateAliasRequest } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { checkAliasName } from "../alias-name.ts";
import { alreadyExists, limitExceeded } from "../errors.ts";
import { aliasArn } from "../key-arn.ts";
import { findCustomerKey } from "../key-lookup.ts";
import { requireKept } from "../key-state.ts";
import { limits } from "../limits.ts";
import type { KmsState } from "../state.ts";

export function createAlias(
  state: KmsState,
  { AliasName: name, TargetKeyId }: Input<CreateAliasRequest>,
  call: Call,
): Promise<void> {
  return state.change(async () => {
    checkAliasName(name);
    const key = findCustomerKey(state, TargetKeyId, call);
    requireKept(key, state.clock.now());
    if (state.aliases.get(call, name) !== undefined)
      throw alreadyExists(`An alias with the name ${aliasArn(call, name)} already exists`);
    if (state.aliases.of(key).length >= limits.aliasesPerKey)
      throw limitExceeded(`${key.arn} has ${limits.aliasesPerKey} aliases, which is the limit.`);
    const nowMs = state.clock.now();
    const { account, region } = call;
    const keyId = key.document.id;
    await state.aliases.put({ account, region, name, keyId, createdMs: nowMs, updatedMs: nowMs });
  });
}
