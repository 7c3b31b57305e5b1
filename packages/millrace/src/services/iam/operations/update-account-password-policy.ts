import type { UpdateAccountPasswordPolicyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { PasswordPolicyDocument } from "../document.ts";
import { limits } from "../limits.ts";
import type { IamState } from "../state.ts";

/** What an input leaves out goes back to its default. */
export async function updateAccountPasswordPolicy(
  state: IamState,
  input: Input<UpdateAccountPasswordPolicyRequest>,
  call: Call,
): Promise<void> {
  const { MaxPasswordAge, PasswordReusePrevention, HardExpiry } = input;
  const passwordPolicy: PasswordPolicyDocument = {
    minLength: input.MinimumPasswordLength ?? limits.policyPasswordCharacters,
    requireSymbols: input.RequireSymbols ?? false,
    requireNumbers: input.RequireNumbers ?? false,
    requireUppercase: input.RequireUppercaseCharacters ?? false,
    requireLowercase: input.RequireLowercaseCharacters ?? false,
    allowUsersToChange: input.AllowUsersToChangePassword ?? false,
    ...(MaxPasswordAge !== undefined && { maxAgeDays: MaxPasswordAge }),
    ...(PasswordReusePrevention !== undefined && { reusePrevention: PasswordReusePrevention }),
    ...(HardExpiry !== undefined && { hardExpiry: HardExpiry }),
  };
  await state.change(call.account, (account, draft) => {
    draft.put("accounts", account.id, { ...account.accounts.get(account.id), passwordPolicy });
  });
}
