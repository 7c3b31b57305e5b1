import type {
  ClusterParameterGroupDetails,
  DescribeClusterParametersMessage,
} from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidValue } from "../errors.ts";
import { findParameterGroup } from "../lookup.ts";
import { pageOf } from "../paging.ts";
import { describeParameters } from "../parameters/values.ts";
import type { RedshiftState } from "../state.ts";

export function describeClusterParameters(
  state: RedshiftState,
  input: Input<DescribeClusterParametersMessage>,
  call: Call,
): ClusterParameterGroupDetails {
  const source = input.Source || undefined;
  if (source !== undefined && source !== "user" && source !== "engine-default")
    throw invalidValue(`Invalid parameter source: ${source}. It must be user or engine-default.`);
  const parameters = describeParameters(findParameterGroup(state, call, input.ParameterGroupName));
  const found = parameters.filter(({ Source }) => source === undefined || Source === source);
  const { items, rest } = pageOf(state, call, input, found, ({ ParameterName = "" }) => ParameterName);
  return { Parameters: items, ...rest };
}
