import type {
  ModifyClusterSubnetGroupMessage,
  ModifyClusterSubnetGroupResult,
} from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findSubnetGroup } from "../lookup.ts";
import { checkDescription } from "../names.ts";
import type { RedshiftState } from "../state.ts";
import { checkedSubnets, describeSubnetGroup } from "../subnets.ts";

/** The subnets are replaced. */
export function modifyClusterSubnetGroup(
  state: RedshiftState,
  input: Input<ModifyClusterSubnetGroupMessage>,
  call: Call,
): Promise<ModifyClusterSubnetGroupResult> {
  return state.change(async () => {
    const group = findSubnetGroup(state, call, input.ClusterSubnetGroupName);
    const subnets = checkedSubnets(input.SubnetIds);
    if (input.Description !== undefined) checkDescription(input.Description);
    const next = { ...group, subnets, description: input.Description ?? group.description };
    await state.commit(call, [state.subnetGroups.put(next)]);
    return { ClusterSubnetGroup: describeSubnetGroup(next) };
  });
}
