import type {
  CreateClusterSubnetGroupMessage,
  CreateClusterSubnetGroupResult,
} from "@aws-sdk/client-redshift";
import { ServiceError } from "../../../core/errors.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { limits } from "../limits.ts";
import { checkDescription, groupName } from "../names.ts";
import type { RedshiftState } from "../state.ts";
import { checkedSubnets, describeSubnetGroup } from "../subnets.ts";
import { withTags } from "../tags.ts";

export function createClusterSubnetGroup(
  state: RedshiftState,
  input: Input<CreateClusterSubnetGroupMessage>,
  call: Call,
): Promise<CreateClusterSubnetGroupResult> {
  const { account, region } = call;
  const name = groupName(input.ClusterSubnetGroupName, "ClusterSubnetGroupName");
  checkDescription(input.Description);
  const subnets = checkedSubnets(input.SubnetIds);
  const tags = withTags({}, input.Tags);
  const group = { account, region, name, description: input.Description, subnets, tags };
  return state.change(async () => {
    if (state.subnetGroups.get(call, name) !== undefined)
      throw new ServiceError(
        "ClusterSubnetGroupAlreadyExistsFault",
        `Cluster subnet group '${name}' already exists`,
      );
    if (state.subnetGroups.list(call).length >= limits.subnetGroupsPerRegion)
      throw new ServiceError("ClusterSubnetGroupQuotaExceededFault", "Cluster subnet group quota exceeded");
    await state.commit(call, [state.subnetGroups.put(group)]);
    return { ClusterSubnetGroup: describeSubnetGroup(group) };
  });
}
