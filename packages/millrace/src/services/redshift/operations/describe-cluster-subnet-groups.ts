import type { ClusterSubnetGroupMessage, DescribeClusterSubnetGroupsMessage } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findSubnetGroup } from "../lookup.ts";
import { pageOf } from "../paging.ts";
import type { RedshiftState } from "../state.ts";
import { describeSubnetGroup } from "../subnets.ts";
import { tagged } from "../tags.ts";

export function describeClusterSubnetGroups(
  state: RedshiftState,
  input: Input<DescribeClusterSubnetGroupsMessage>,
  call: Call,
): ClusterSubnetGroupMessage {
  const name = input.ClusterSubnetGroupName;
  const found = name ? [findSubnetGroup(state, call, name)] : state.subnetGroups.list(call);
  const { items, rest } = pageOf(state, call, input, found.filter(tagged(input)), (group) => group.name);
  return { ClusterSubnetGroups: items.map(describeSubnetGroup), ...rest };
}
