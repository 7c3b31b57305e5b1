import type { UpdateOpenIDConnectProviderThumbprintRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeProvider, checkThumbprints } from "../providers.ts";
import type { IamState } from "../state.ts";

export async function updateOpenIDConnectProviderThumbprint(
  state: IamState,
  input: Input<UpdateOpenIDConnectProviderThumbprintRequest>,
  call: Call,
): Promise<void> {
  await changeProvider(state, call, input.OpenIDConnectProviderArn, (provider) => ({
    ...provider,
    thumbprints: checkThumbprints(input.ThumbprintList),
  }));
}
