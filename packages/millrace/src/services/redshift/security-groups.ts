import { isIP } from "node:net";
import type { ClusterSecurityGroup } from "@aws-sdk/client-redshift";
import { kernelSettings, keyOf } from "./clusters/kernel-settings.ts";
import type { Owner, SecurityGroupDocument } from "./document.ts";
import { invalidCombination, invalidValue, notImplemented } from "./errors.ts";
import { securityGroupEvent } from "./events.ts";
import type { Resources } from "./resources.ts";
import { tagList } from "./tags.ts";

export function describeSecurityGroup(group: SecurityGroupDocument): ClusterSecurityGroup {
  return {
    ClusterSecurityGroupName: group.name,
    Description: group.description,
    EC2SecurityGroups: [],
    IPRanges: group.ranges.map((CIDRIP) => ({ CIDRIP, Status: "authorized", Tags: [] })),
    Tags: tagList(group.tags),
  };
}

/** The range of an ingress. @throws ServiceError */
export function checkedRange(input: {
  readonly CIDRIP?: string | undefined;
  readonly EC2SecurityGroupName?: string | undefined;
  readonly EC2SecurityGroupOwnerId?: string | undefined;
}): string {
  if (input.EC2SecurityGroupName || input.EC2SecurityGroupOwnerId) {
    if (input.CIDRIP)
      throw invalidCombination("CIDRIP and EC2SecurityGroupName cannot be specified together.");
    throw notImplemented("EC2SecurityGroupName: there is no EC2, and an ingress by its security groups");
  }
  const range = input.CIDRIP ?? "";
  const [address = "", bits, ...rest] = range.split("/");
  const family = isIP(address);
  const isRange =
    family !== 0 &&
    rest.length === 0 &&
    /^(0|[1-9]\d{0,2})$/.test(bits ?? "") &&
    Number(bits) <= (family === 4 ? 32 : 128);
  if (!isRange) throw invalidValue(`Invalid CIDR IP range: ${range}`);
  return range;
}

/** Puts a group's ranges in force and then writes them down. Only within `change`. */
export async function changeRanges(
  state: Resources,
  owner: Owner,
  group: SecurityGroupDocument,
  ranges: readonly string[],
): Promise<SecurityGroupDocument> {
  const next = { ...group, ranges };
  for (const cluster of state.clusters.list(owner)) {
    // While a cluster is created nobody gets in; what is under way takes the ranges over at its end.
    if (!cluster.options.securityGroups.includes(group.name) || cluster.work !== undefined) continue;
    const key = keyOf(cluster);
    if (state.warehouse.cluster(key) !== undefined)
      await state.warehouse.configure(key, kernelSettings(state, cluster, next));
  }
  await state.commit(owner, [state.securityGroups.put(next)], [securityGroupEvent("changed", group.name)]);
  return next;
}
