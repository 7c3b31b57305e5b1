import type { ClusterKey, ClusterSettings } from "../../../kernels/warehouse/warehouse-port.ts";
import type { ClusterDocument, SecurityGroupDocument } from "../document.ts";
import { settingsIn } from "../parameters/values.ts";
import type { Resources } from "../resources.ts";

export function keyOf({
  account,
  region,
  name,
}: Pick<ClusterDocument, "account" | "region" | "name">): ClusterKey {
  return { account, region, identifier: name };
}

/** What the kernel is to go by, as the documents have it. */
export function kernelSettings(
  { securityGroups }: Pick<Resources, "securityGroups">,
  cluster: ClusterDocument,
  /** A group as it is about to be. */
  changed?: SecurityGroupDocument,
): ClusterSettings {
  const { options, applied, admittedRanges } = cluster;
  const rangesOf = (name: string): readonly string[] =>
    (changed?.name === name ? changed : securityGroups.get(cluster, name))?.ranges ?? [];
  return {
    parameters: settingsIn(applied),
    roles: options.roles,
    defaultRole: options.defaultRole === "" ? undefined : options.defaultRole,
    admittedRanges:
      options.securityGroups.length === 0
        ? admittedRanges
        : [...new Set(options.securityGroups.flatMap(rangesOf))],
    requireTls: applied["require_ssl"] === "true",
    enhancedVpcRouting: options.enhancedVpcRouting,
  };
}
