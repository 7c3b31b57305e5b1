import type { DeleteAliasRequest } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { checkAliasName } from "../alias-name.ts";
import { notFound } from "../errors.ts";
import { aliasArn } from "../key-arn.ts";
import type { KmsState } from "../state.ts";

export function deleteAlias(
  state: KmsState,
  { AliasName: name }: Input<DeleteAliasRequest>,
  call: Call,
): Promise<void> {
  return state.change(async () => {
    checkAliasName(name);
    const alias = state.aliases.get(call, name);
    if (alias === undefined) throw notFound(`Alias ${aliasArn(call, name)} is not found.`);
    await state.aliases.remove([alias]);
  });
}
