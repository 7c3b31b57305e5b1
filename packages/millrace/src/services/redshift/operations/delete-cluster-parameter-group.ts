import type { DeleteClusterParameterGroupMessage } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { parameterGroupEvent } from "../events.ts";
import { findOwnParameterGroup, invalidParameterGroupState } from "../parameters/own-group.ts";
import type { RedshiftState } from "../state.ts";
import { clusterUsing } from "../usage.ts";

export function deleteClusterParameterGroup(
  state: RedshiftState,
  input: Input<DeleteClusterParameterGroupMessage>,
  call: Call,
): Promise<void> {
  return state.change(async () => {
    const group = findOwnParameterGroup(state, call, input.ParameterGroupName, "delete");
    const user = clusterUsing(state, call, ({ parameterGroup }) => parameterGroup === group.name);
    if (user !== undefined)
      throw invalidParameterGroupState(
        `The parameter group ${group.name} is associated with the cluster ${user.name}.`,
      );
    await state.commit(
      call,
      [state.parameterGroups.remove(group)],
      [parameterGroupEvent("deleted", group.name)],
    );
  });
}
