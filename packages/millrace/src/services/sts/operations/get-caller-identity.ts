import type { GetCallerIdentityResponse } from "@aws-sdk/client-sts";
import type { Call } from "../../../gateway/call.ts";
import type { StsState } from "../state.ts";

export function getCallerIdentity(
  _state: StsState,
  _input: unknown,
  { principal }: Call,
): GetCallerIdentityResponse {
  return { UserId: principal.userId ?? principal.account, Account: principal.account, Arn: principal.arn };
}
