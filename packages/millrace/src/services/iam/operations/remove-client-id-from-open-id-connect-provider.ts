import type { RemoveClientIDFromOpenIDConnectProviderRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeProvider } from "../providers.ts";
import type { IamState } from "../state.ts";

export async function removeClientIDFromOpenIDConnectProvider(
  state: IamState,
  input: Input<RemoveClientIDFromOpenIDConnectProviderRequest>,
  call: Call,
): Promise<void> {
  await changeProvider(state, call, input.OpenIDConnectProviderArn, (provider) => ({
    ...provider,
    clientIds: provider.clientIds.filter((id) => id !== input.ClientID),
  }));
}
