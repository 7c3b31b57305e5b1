import type { CreateAccountAliasRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { alreadyExists, validation } from "../errors.ts";
import type { IamState } from "../state.ts";

export async function createAccountAlias(
  state: IamState,
  input: Input<CreateAccountAliasRequest>,
  call: Call,
): Promise<void> {
  const alias = input.AccountAlias;
  if (/^\d{12}$/.test(alias)) throw validation("An account alias must not be 12 digits.");
  await state.change(call.account, (account, draft) => {
    if (state.ownerOfAlias(alias) !== undefined)
      throw alreadyExists(`The account alias ${alias} already exists.`);
    draft.put("accounts", account.id, { ...account.accounts.get(account.id), alias });
  });
}
