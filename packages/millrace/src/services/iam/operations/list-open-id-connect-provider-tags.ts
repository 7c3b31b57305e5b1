import type {
  ListOpenIDConnectProviderTagsRequest,
  ListOpenIDConnectProviderTagsResponse,
} from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { pageOf } from "../paging.ts";
import { findProvider } from "../providers.ts";
import type { IamState } from "../state.ts";
import { tagList } from "../tags.ts";

export function listOpenIDConnectProviderTags(
  state: IamState,
  input: Input<ListOpenIDConnectProviderTagsRequest>,
  call: Call,
): ListOpenIDConnectProviderTagsResponse {
  const [, { tags }] = findProvider(state.account(call.account), input.OpenIDConnectProviderArn);
  const { items, rest } = pageOf(state, call, input, tagList(tags), ({ Key }) => Key);
  return { Tags: [...items], ...rest };
}
