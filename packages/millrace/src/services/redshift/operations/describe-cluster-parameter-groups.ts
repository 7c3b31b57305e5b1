import type {
  ClusterParameterGroupsMessage,
  DescribeClusterParameterGroupsMessage,
} from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findParameterGroup } from "../lookup.ts";
import { pageOf } from "../paging.ts";
import { defaultParameterGroups, describeParameterGroup } from "../parameters/values.ts";
import type { RedshiftState } from "../state.ts";
import { tagged } from "../tags.ts";

/** The default groups among them. */
export function describeClusterParameterGroups(
  state: RedshiftState,
  input: Input<DescribeClusterParameterGroupsMessage>,
  call: Call,
): ClusterParameterGroupsMessage {
  const all = input.ParameterGroupName
    ? [findParameterGroup(state, call, input.ParameterGroupName)]
    : [...defaultParameterGroups(call), ...state.parameterGroups.list(call)];
  const found = all.filter(tagged(input)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, rest } = pageOf(state, call, input, found, ({ name }) => name);
  return { ParameterGroups: items.map(describeParameterGroup), ...rest };
}
