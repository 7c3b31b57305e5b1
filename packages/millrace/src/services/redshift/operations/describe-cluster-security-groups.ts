import type {
  ClusterSecurityGroupMessage,
  DescribeClusterSecurityGroupsMessage,
} from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findSecurityGroup } from "../lookup.ts";
import { pageOf } from "../paging.ts";
import { describeSecurityGroup } from "../security-groups.ts";
import type { RedshiftState } from "../state.ts";
import { tagged } from "../tags.ts";

/** `default` is always among them. */
export function describeClusterSecurityGroups(
  state: RedshiftState,
  input: Input<DescribeClusterSecurityGroupsMessage>,
  call: Call,
): ClusterSecurityGroupMessage {
  const name = input.ClusterSecurityGroupName;
  const made = state.securityGroups.list(call).filter((group) => group.name !== "default");
  const all = name
    ? [findSecurityGroup(state, call, name)]
    : [findSecurityGroup(state, call, "default"), ...made].sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, rest } = pageOf(state, call, input, all.filter(tagged(input)), (group) => group.name);
  return { ClusterSecurityGroups: items.map(describeSecurityGroup), ...rest };
}
