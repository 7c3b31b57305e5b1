import type { GetOpenIDConnectProviderRequest, GetOpenIDConnectProviderResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findProvider } from "../providers.ts";
import type { IamState } from "../state.ts";
import { tagsMember } from "../tags.ts";

export function getOpenIDConnectProvider(
  state: IamState,
  input: Input<GetOpenIDConnectProviderRequest>,
  call: Call,
): GetOpenIDConnectProviderResponse {
  const [key, provider] = findProvider(state.account(call.account), input.OpenIDConnectProviderArn);
  return {
    Url: key,
    ClientIDList: [...provider.clientIds],
    ThumbprintList: [...provider.thumbprints],
    CreateDate: new Date(provider.createdMs),
    ...tagsMember(provider.tags),
  };
}
