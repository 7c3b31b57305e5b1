import type {
  AuthorizeClusterSecurityGroupIngressMessage,
  AuthorizeClusterSecurityGroupIngressResult,
} from "@aws-sdk/client-redshift";
import { ServiceError } from "../../../core/errors.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { limits } from "../limits.ts";
import { findSecurityGroup } from "../lookup.ts";
import { changeRanges, checkedRange, describeSecurityGroup } from "../security-groups.ts";
import type { RedshiftState } from "../state.ts";

export function authorizeClusterSecurityGroupIngress(
  state: RedshiftState,
  input: Input<AuthorizeClusterSecurityGroupIngressMessage>,
  call: Call,
): Promise<AuthorizeClusterSecurityGroupIngressResult> {
  return state.change(async () => {
    const group = findSecurityGroup(state, call, input.ClusterSecurityGroupName);
    const range = checkedRange(input);
    if (group.ranges.includes(range))
      throw new ServiceError(
        "AuthorizationAlreadyExistsFault",
        `The CIDR IP range ${range} is authorized already for the security group ${group.name}.`,
      );
    if (group.ranges.length >= limits.rangesPerSecurityGroup)
      throw new ServiceError("AuthorizationQuotaExceededFault", "Authorization quota exceeded");
    const next = await changeRanges(state, call, group, [...group.ranges, range]);
    return { ClusterSecurityGroup: describeSecurityGroup(next) };
  });
}
