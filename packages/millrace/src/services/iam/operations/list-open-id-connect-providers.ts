import type { ListOpenIDConnectProvidersResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import { providerArn } from "../arn.ts";
import type { IamState } from "../state.ts";

export function listOpenIDConnectProviders(
  state: IamState,
  _input: unknown,
  call: Call,
): ListOpenIDConnectProvidersResponse {
  const keys = [...state.account(call.account).providers.keys()].sort();
  return { OpenIDConnectProviderList: keys.map((key) => ({ Arn: providerArn(call.account, key) })) };
}
