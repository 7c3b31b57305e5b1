import type { UntagOpenIDConnectProviderRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeProvider } from "../providers.ts";
import type { IamState } from "../state.ts";
import { withoutTags } from "../tags.ts";

export async function untagOpenIDConnectProvider(
  state: IamState,
  input: Input<UntagOpenIDConnectProviderRequest>,
  call: Call,
): Promise<void> {
  await changeProvider(state, call, input.OpenIDConnectProviderArn, (provider) => ({
    ...provider,
    tags: withoutTags(provider.tags, input.TagKeys),
  }));
}
