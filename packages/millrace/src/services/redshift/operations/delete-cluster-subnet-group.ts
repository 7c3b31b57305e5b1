import type { DeleteClusterSubnetGroupMessage } from "@aws-sdk/client-redshift";
import { ServiceError } from "../../../core/errors.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findSubnetGroup } from "../lookup.ts";
import type { RedshiftState } from "../state.ts";

export function deleteClusterSubnetGroup(
  state: RedshiftState,
  input: Input<DeleteClusterSubnetGroupMessage>,
  call: Call,
): Promise<void> {
  return state.change(async () => {
    const group = findSubnetGroup(state, call, input.ClusterSubnetGroupName);
    const user = state.clusters.list(call).find(({ subnetGroup }) => subnetGroup === group.name);
    if (user !== undefined)
      throw new ServiceError(
        "InvalidClusterSubnetGroupStateFault",
        `Cannot delete the subnet group '${group.name}' because at least one cluster: ${user.name} is still using it.`,
      );
    await state.commit(call, [state.subnetGroups.remove(group)]);
  });
}
