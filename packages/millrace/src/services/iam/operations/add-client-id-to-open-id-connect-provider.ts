import type { AddClientIDToOpenIDConnectProviderRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeProvider, checkClientIds } from "../providers.ts";
import type { IamState } from "../state.ts";

export async function addClientIDToOpenIDConnectProvider(
  state: IamState,
  input: Input<AddClientIDToOpenIDConnectProviderRequest>,
  call: Call,
): Promise<void> {
  await changeProvider(state, call, input.OpenIDConnectProviderArn, (provider) => ({
    ...provider,
    clientIds: checkClientIds([...new Set([...provider.clientIds, input.ClientID])]),
  }));
}
