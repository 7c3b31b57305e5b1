import type { ModifyClusterIamRolesMessage, ModifyClusterIamRolesResult } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describeCluster } from "../clusters/description.ts";
import { kernelSettings, keyOf } from "../clusters/kernel-settings.ts";
import { changedRoles } from "../clusters/roles.ts";
import { findAvailable } from "../lookup.ts";
import type { RedshiftState } from "../state.ts";

/** The next statement goes by the new roles. */
export function modifyClusterIamRoles(
  state: RedshiftState,
  input: Input<ModifyClusterIamRolesMessage>,
  call: Call,
): Promise<ModifyClusterIamRolesResult> {
  return state.change(async () => {
    const cluster = findAvailable(state, call, input.ClusterIdentifier, "modify");
    const roles = changedRoles(cluster.options, {
      add: input.AddIamRoles,
      remove: input.RemoveIamRoles,
      // Terraform sends an empty one for none.
      defaultRole: input.DefaultIamRoleArn,
    });
    const next = { ...cluster, options: { ...cluster.options, ...roles } };
    await state.warehouse.configure(keyOf(cluster), kernelSettings(state, next));
    await state.commit(call, [state.clusters.put(next)]);
    return { Cluster: describeCluster(state, next) };
  });
}
