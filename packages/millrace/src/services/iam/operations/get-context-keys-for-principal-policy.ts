import type {
  GetContextKeysForPolicyResponse,
  GetContextKeysForPrincipalPolicyRequest,
} from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { conditionKeys } from "../context-keys.ts";
import { invalidInput } from "../errors.ts";
import { principalSources } from "../policy-sources.ts";
import { checkPolicy } from "../policy-text.ts";
import type { IamState } from "../state.ts";

export function getContextKeysForPrincipalPolicy(
  state: IamState,
  input: Input<GetContextKeysForPrincipalPolicyRequest>,
  call: Call,
): GetContextKeysForPolicyResponse {
  const { identity } = principalSources(state, state.account(call.account), input.PolicySourceArn);
  const given = (input.PolicyInputList ?? []).map((text) => checkPolicy(text, undefined, invalidInput));
  const all = [...identity.map(({ document }) => document), ...given];
  return { ContextKeyNames: [...new Set(all.flatMap(conditionKeys))] };
}
