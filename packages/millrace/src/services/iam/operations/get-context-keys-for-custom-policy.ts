import type {
  GetContextKeysForCustomPolicyRequest,
  GetContextKeysForPolicyResponse,
} from "@aws-sdk/client-iam";
import type { Input } from "../../../gateway/service.ts";
import { conditionKeys } from "../context-keys.ts";
import { invalidInput } from "../errors.ts";
import { checkPolicy } from "../policy-text.ts";
import type { IamState } from "../state.ts";

export function getContextKeysForCustomPolicy(
  _state: IamState,
  input: Input<GetContextKeysForCustomPolicyRequest>,
): GetContextKeysForPolicyResponse {
  const keys = input.PolicyInputList.flatMap((text) =>
    conditionKeys(checkPolicy(text, undefined, invalidInput)),
  );
  return { ContextKeyNames: [...new Set(keys)] };
}
