import type { TagOpenIDConnectProviderRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeProvider } from "../providers.ts";
import type { IamState } from "../state.ts";
import { withTags } from "../tags.ts";

export async function tagOpenIDConnectProvider(
  state: IamState,
  input: Input<TagOpenIDConnectProviderRequest>,
  call: Call,
): Promise<void> {
  await changeProvider(state, call, input.OpenIDConnectProviderArn, (provider) => ({
    ...provider,
    tags: withTags(provider.tags, input.Tags),
  }));
}
