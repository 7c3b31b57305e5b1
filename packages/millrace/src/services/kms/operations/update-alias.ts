import type { UpdateAliasRequest } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { checkAliasName } from "../alias-name.ts";
import { limitExceeded, notFound, validation } from "../errors.ts";
import type { Key } from "../key.ts";
import { aliasArn } from "../key-arn.ts";
import { findCustomerKey } from "../key-lookup.ts";
import { isAsymmetric } from "../key-spec.ts";
import { requireKept } from "../key-state.ts";
import { limits } from "../limits.ts";
import type { KmsState } from "../state.ts";

export function updateAlias(
  state: KmsState,
  { AliasName: name, TargetKeyId }: Input<UpdateAliasRequest>,
  call: Call,
): Promise<void> {
  return state.change(async () => {
    checkAliasName(name);
    const alias = state.aliases.get(call, name);
    if (alias === undefined) throw notFound(`Alias ${aliasArn(call, name)} is not found.`);
    const key = findCustomerKey(state, TargetKeyId, call);
    const before = state.keys.get(call, alias.keyId);
    requireKept(key, state.clock.now());
    if (before !== undefined && !areAlike(before, key))
      throw validation(
        `Alias ${name} cannot be changed from ${before.arn} to ${key.arn}: the keys must be of the same type and usage.`,
      );
    if (before !== key && state.aliases.of(key).length >= limits.aliasesPerKey)
      throw limitExceeded(`${key.arn} has ${limits.aliasesPerKey} aliases, which is the limit.`);
    await state.aliases.put({ ...alias, keyId: key.document.id, updatedMs: state.clock.now() });
  });
}

function areAlike(a: Key, b: Key): boolean {
  const isSameType =
    isAsymmetric(a.facts) === isAsymmetric(b.facts) &&
    (a.facts.family === "hmac") === (b.facts.family === "hmac");
  return isSameType && a.document.usage === b.document.usage;
}
