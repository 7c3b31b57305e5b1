import type {
  CreateClusterParameterGroupMessage,
  CreateClusterParameterGroupResult,
} from "@aws-sdk/client-redshift";
import { ServiceError } from "../../../core/errors.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidValue } from "../errors.ts";
import { parameterGroupEvent } from "../events.ts";
import { limits } from "../limits.ts";
import { checkDescription, parameterGroupName } from "../names.ts";
import { families } from "../parameters/definitions.ts";
import { describeParameterGroup } from "../parameters/values.ts";
import type { RedshiftState } from "../state.ts";
import { withTags } from "../tags.ts";

export function createClusterParameterGroup(
  state: RedshiftState,
  input: Input<CreateClusterParameterGroupMessage>,
  call: Call,
): Promise<CreateClusterParameterGroupResult> {
  const { account, region } = call;
  const name = parameterGroupName(input.ParameterGroupName);
  const family = input.ParameterGroupFamily.toLowerCase();
  if (!families.includes(family))
    throw invalidValue(
      `ParameterGroupFamily ${input.ParameterGroupFamily} is not a valid parameter group family`,
    );
  checkDescription(input.Description);
  const tags = withTags({}, input.Tags);
  const group = { account, region, name, family, description: input.Description, values: {}, tags };
  return state.change(async () => {
    if (state.parameterGroups.get(call, name) !== undefined)
      throw new ServiceError(
        "ClusterParameterGroupAlreadyExistsFault",
        `ClusterParameterGroup ${name} already exists`,
      );
    if (state.parameterGroups.list(call).length >= limits.parameterGroupsPerRegion)
      throw new ServiceError(
        "ClusterParameterGroupQuotaExceededFault",
        "Cluster parameter group quota exceeded",
      );
    await state.commit(call, [state.parameterGroups.put(group)], [parameterGroupEvent("created", name)]);
    return { ClusterParameterGroup: describeParameterGroup(group) };
  });
}
