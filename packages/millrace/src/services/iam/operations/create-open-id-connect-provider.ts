import type {
  CreateOpenIDConnectProviderRequest,
  CreateOpenIDConnectProviderResponse,
} from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { providerArn } from "../arn.ts";
import type { ProviderDocument } from "../document.ts";
import { alreadyExists, quotaExceeded } from "../errors.ts";
import { limits } from "../limits.ts";
import { checkClientIds, checkThumbprints, providerKey } from "../providers.ts";
import type { IamState } from "../state.ts";
import { tagsMember, withTags } from "../tags.ts";

export async function createOpenIDConnectProvider(
  state: IamState,
  input: Input<CreateOpenIDConnectProviderRequest>,
  call: Call,
): Promise<CreateOpenIDConnectProviderResponse> {
  const key = providerKey(input.Url);
  const provider: ProviderDocument = {
    ...{ url: input.Url, createdMs: state.clock.now() },
    tags: withTags({}, input.Tags),
    clientIds: checkClientIds(input.ClientIDList ?? []),
    thumbprints: checkThumbprints(input.ThumbprintList ?? []),
  };
  await state.change(call.account, (account, draft) => {
    if (account.providers.has(key)) throw alreadyExists(`Provider with url ${provider.url} already exists.`);
    if (account.providers.size >= limits.providersPerAccount)
      throw quotaExceeded("OpenIdConnectProvidersPerAccount", limits.providersPerAccount);
    draft.put("providers", key, provider);
  });
  return { OpenIDConnectProviderArn: providerArn(call.account, key), ...tagsMember(provider.tags) };
}
