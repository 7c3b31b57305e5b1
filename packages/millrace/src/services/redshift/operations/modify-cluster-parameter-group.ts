import type {
  ClusterParameterGroupNameMessage,
  ModifyClusterParameterGroupMessage,
} from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { parameterGroupEvent } from "../events.ts";
import { checkedValues } from "../parameters/check.ts";
import { findOwnParameterGroup, parameterGroupUpdated } from "../parameters/own-group.ts";
import type { RedshiftState } from "../state.ts";

/** Clusters of the group take the static ones over when they are rebooted. */
export function modifyClusterParameterGroup(
  state: RedshiftState,
  input: Input<ModifyClusterParameterGroupMessage>,
  call: Call,
): Promise<ClusterParameterGroupNameMessage> {
  return state.change(async () => {
    const group = findOwnParameterGroup(state, call, input.ParameterGroupName, "modify");
    const values = checkedValues(input.Parameters);
    const happenings = Object.keys(values).map((name) => parameterGroupEvent("updated", group.name, name));
    const next = { ...group, values: { ...group.values, ...values } };
    await state.commit(call, [state.parameterGroups.put(next)], happenings);
    return { ParameterGroupName: group.name, ParameterGroupStatus: parameterGroupUpdated };
  });
}
