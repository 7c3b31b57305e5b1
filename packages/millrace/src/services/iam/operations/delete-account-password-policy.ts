import type { Call } from "../../../gateway/call.ts";
import { noSuchEntity } from "../errors.ts";
import type { IamState } from "../state.ts";

export async function deleteAccountPasswordPolicy(
  state: IamState,
  _input: unknown,
  call: Call,
): Promise<void> {
  await state.change(call.account, (account, draft) => {
    const { passwordPolicy, ...rest } = account.accounts.get(account.id) ?? {};
    if (passwordPolicy === undefined)
      throw noSuchEntity("The account policy with name PasswordPolicy cannot be found.");
    draft.put("accounts", account.id, rest);
  });
}
