import type {
  RevokeClusterSecurityGroupIngressMessage,
  RevokeClusterSecurityGroupIngressResult,
} from "@aws-sdk/client-redshift";
import { ServiceError } from "../../../core/errors.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findSecurityGroup } from "../lookup.ts";
import { changeRanges, checkedRange, describeSecurityGroup } from "../security-groups.ts";
import type { RedshiftState } from "../state.ts";

/** Sessions that are there stay. */
export function revokeClusterSecurityGroupIngress(
  state: RedshiftState,
  input: Input<RevokeClusterSecurityGroupIngressMessage>,
  call: Call,
): Promise<RevokeClusterSecurityGroupIngressResult> {
  return state.change(async () => {
    const group = findSecurityGroup(state, call, input.ClusterSecurityGroupName);
    const range = checkedRange(input);
    if (!group.ranges.includes(range))
      throw new ServiceError(
        "AuthorizationNotFoundFault",
        `The CIDR IP range ${range} is not authorized for the security group ${group.name}.`,
        { status: 404 },
      );
    const left = group.ranges.filter((known) => known !== range);
    return { ClusterSecurityGroup: describeSecurityGroup(await changeRanges(state, call, group, left)) };
  });
}
