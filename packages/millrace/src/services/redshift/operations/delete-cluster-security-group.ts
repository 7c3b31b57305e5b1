import type { DeleteClusterSecurityGroupMessage } from "@aws-sdk/client-redshift";
import { ServiceError } from "../../../core/errors.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { securityGroupEvent } from "../events.ts";
import { findSecurityGroup } from "../lookup.ts";
import type { RedshiftState } from "../state.ts";
import { clusterUsing } from "../usage.ts";

export function deleteClusterSecurityGroup(
  state: RedshiftState,
  input: Input<DeleteClusterSecurityGroupMessage>,
  call: Call,
): Promise<void> {
  return state.change(async () => {
    const group = findSecurityGroup(state, call, input.ClusterSecurityGroupName);
    if (group.name === "default") throw invalidState("You can't delete the default security group.");
    const user = clusterUsing(
      state,
      call,
      ({ securityGroups }) => securityGroups?.includes(group.name) ?? false,
    );
    if (user !== undefined)
      throw invalidState(
        `You can't delete the security group ${group.name} that is associated with the cluster ${user.name}.`,
      );
    const happenings = [securityGroupEvent("deleted", group.name)];
    await state.commit(call, [state.securityGroups.remove(group)], happenings);
  });
}

const invalidState = (message: string): ServiceError =>
  new ServiceError("InvalidClusterSecurityGroupStateFault", message);
