import type {
  ClusterParameterGroupNameMessage,
  ResetClusterParameterGroupMessage,
} from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidCombination } from "../errors.ts";
import { parameterGroupEvent } from "../events.ts";
import { definitionOf } from "../parameters/check.ts";
import { findOwnParameterGroup, parameterGroupUpdated } from "../parameters/own-group.ts";
import type { RedshiftState } from "../state.ts";

/** Takes parameters, or all of them, back to the family's values. */
export function resetClusterParameterGroup(
  state: RedshiftState,
  input: Input<ResetClusterParameterGroupMessage>,
  call: Call,
): Promise<ClusterParameterGroupNameMessage> {
  return state.change(async () => {
    const group = findOwnParameterGroup(state, call, input.ParameterGroupName, "reset");
    const names = (input.Parameters ?? []).map(({ ParameterName = "" }) => definitionOf(ParameterName).name);
    if (input.ResetAllParameters !== true && names.length === 0)
      throw invalidCombination("Either ResetAllParameters or Parameters must be specified.");
    if (input.ResetAllParameters === true && names.length > 0)
      throw invalidCombination("ResetAllParameters and Parameters cannot be specified together.");
    const isReset = (name: string): boolean => input.ResetAllParameters === true || names.includes(name);
    const kept = Object.entries(group.values).filter(([name]) => !isReset(name));
    const reset = Object.keys(group.values).filter(isReset);
    const next = { ...group, values: Object.fromEntries(kept) };
    const happenings = reset.map((name) => parameterGroupEvent("updated", group.name, name));
    await state.commit(call, [state.parameterGroups.put(next)], happenings);
    return { ParameterGroupName: group.name, ParameterGroupStatus: parameterGroupUpdated };
  });
}
