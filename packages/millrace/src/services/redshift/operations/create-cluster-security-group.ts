import type {
  CreateClusterSecurityGroupMessage,
  CreateClusterSecurityGroupResult,
} from "@aws-sdk/client-redshift";
import { ServiceError } from "../../../core/errors.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { securityGroupEvent } from "../events.ts";
import { limits } from "../limits.ts";
import { checkDescription, groupName } from "../names.ts";
import { describeSecurityGroup } from "../security-groups.ts";
import type { RedshiftState } from "../state.ts";
import { withTags } from "../tags.ts";

/** Lets nobody in until ranges are added. */
export function createClusterSecurityGroup(
  state: RedshiftState,
  input: Input<CreateClusterSecurityGroupMessage>,
  call: Call,
): Promise<CreateClusterSecurityGroupResult> {
  const { account, region } = call;
  const name = groupName(input.ClusterSecurityGroupName, "ClusterSecurityGroupName");
  checkDescription(input.Description);
  const tags = withTags({}, input.Tags);
  const group = { account, region, name, description: input.Description, ranges: [], tags };
  return state.change(async () => {
    if (state.securityGroups.get(call, name) !== undefined)
      throw new ServiceError(
        "ClusterSecurityGroupAlreadyExistsFault",
        `ClusterSecurityGroup ${name} already exists`,
      );
    if (state.securityGroups.list(call).length >= limits.securityGroupsPerRegion)
      throw new ServiceError(
        "ClusterSecurityGroupQuotaExceededFault",
        "Cluster security group quota exceeded",
      );
    await state.commit(call, [state.securityGroups.put(group)], [securityGroupEvent("created", name)]);
    return { ClusterSecurityGroup: describeSecurityGroup(group) };
  });
}
