import type {
  DescribeDefaultClusterParametersMessage,
  DescribeDefaultClusterParametersResult,
} from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidValue } from "../errors.ts";
import { pageOf } from "../paging.ts";
import { defaultParameterGroups, describeParameters } from "../parameters/values.ts";
import type { RedshiftState } from "../state.ts";

export function describeDefaultClusterParameters(
  state: RedshiftState,
  input: Input<DescribeDefaultClusterParametersMessage>,
  call: Call,
): DescribeDefaultClusterParametersResult {
  const family = input.ParameterGroupFamily;
  const group = defaultParameterGroups(call).find((known) => known.family === family.toLowerCase());
  if (group === undefined)
    throw invalidValue(`ParameterGroupFamily ${family} is not a valid parameter group family`);
  const parameters = describeParameters(group);
  const { items, rest } = pageOf(state, call, input, parameters, ({ ParameterName = "" }) => ParameterName);
  return {
    DefaultClusterParameters: { ParameterGroupFamily: group.family, Parameters: items, ...rest },
  };
}
