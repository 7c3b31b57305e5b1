import type { ListPolicyVersionsRequest, ListPolicyVersionsResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { pageOf } from "../paging.ts";
import { describeVersion, findPolicy } from "../policies.ts";
import type { IamState } from "../state.ts";

export function listPolicyVersions(
  state: IamState,
  input: Input<ListPolicyVersionsRequest>,
  call: Call,
): ListPolicyVersionsResponse {
  const { document } = findPolicy(state, state.account(call.account), input.PolicyArn);
  // The newest first, as AWS lists them.
  const newestFirst = (id: string): string => String(10_000_000 - Number(id.slice(1)));
  const { items, rest } = pageOf(state, call, input, document.versions, ({ id }) => newestFirst(id));
  return { Versions: items.map((version) => describeVersion(document, version)), ...rest };
}
