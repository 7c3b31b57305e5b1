import type { DeleteAccountAliasRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { noSuchEntity } from "../errors.ts";
import type { IamState } from "../state.ts";

export async function deleteAccountAlias(
  state: IamState,
  input: Input<DeleteAccountAliasRequest>,
  call: Call,
): Promise<void> {
  const alias = input.AccountAlias;
  await state.change(call.account, (account, draft) => {
    const { alias: known, ...rest } = account.accounts.get(account.id) ?? {};
    if (known !== alias) throw noSuchEntity(`The account alias ${alias} does not exist.`);
    draft.put("accounts", account.id, rest);
  });
}
