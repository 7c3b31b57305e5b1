import type { DeleteOpenIDConnectProviderRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findProvider } from "../providers.ts";
import type { IamState } from "../state.ts";

export async function deleteOpenIDConnectProvider(
  state: IamState,
  input: Input<DeleteOpenIDConnectProviderRequest>,
  call: Call,
): Promise<void> {
  await state.change(call.account, (account, draft) => {
    draft.remove("providers", findProvider(account, input.OpenIDConnectProviderArn)[0]);
  });
}
