import type { GetAccountPasswordPolicyResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import { noSuchEntity } from "../errors.ts";
import { describePasswordPolicy } from "../password-policy.ts";
import type { IamState } from "../state.ts";

export function getAccountPasswordPolicy(
  state: IamState,
  _input: unknown,
  call: Call,
): GetAccountPasswordPolicyResponse {
  const policy = state.account(call.account).accounts.get(call.account)?.passwordPolicy;
  if (policy === undefined)
    throw noSuchEntity(`The Password Policy with domain name ${call.account} cannot be found.`);
  return { PasswordPolicy: describePasswordPolicy(policy) };
}
