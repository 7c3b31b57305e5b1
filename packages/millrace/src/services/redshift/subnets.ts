import { createHash } from "node:crypto";
import type { ClusterSubnetGroup } from "@aws-sdk/client-redshift";
import { ServiceError } from "../../core/errors.ts";
import { zonesOf } from "./clusters/options.ts";
import type { Owner, SubnetGroupDocument } from "./document.ts";
import { invalidValue } from "./errors.ts";
import { limits } from "./limits.ts";
import { tagList } from "./tags.ts";

/** There is no EC2: all subnets of an account in a region are taken for those of one VPC. */
export function vpcIdOf({ account, region }: Owner): string {
  return `vpc-${hashOf(`${account}/${region}`).slice(0, 17)}`;
}

/** The subnets of a call, each once. @throws ServiceError */
export function checkedSubnets(ids: readonly string[]): readonly string[] {
  const subnets = [...new Set(ids)];
  if (subnets.length === 0)
    throw invalidValue("The parameter SubnetIds must be provided and must not be blank.");
  for (const id of subnets)
    if (!/^subnet-[0-9a-z]{1,40}$/.test(id))
      throw new ServiceError("InvalidSubnet", `Subnet ${id} is not valid.`);
  if (subnets.length > limits.subnetsPerGroup)
    throw new ServiceError(
      "ClusterSubnetQuotaExceededFault",
      `A cluster subnet group can have at most ${limits.subnetsPerGroup} subnets.`,
    );
  return subnets;
}

export function describeSubnetGroup(group: SubnetGroupDocument): ClusterSubnetGroup {
  return {
    ClusterSubnetGroupName: group.name,
    Description: group.description,
    VpcId: vpcIdOf(group),
    SubnetGroupStatus: "Complete",
    Subnets: group.subnets.map((id) => ({
      SubnetIdentifier: id,
      SubnetAvailabilityZone: { Name: zoneOf(group, id) },
      SubnetStatus: "Active",
    })),
    Tags: tagList(group.tags),
    SupportedClusterIpAddressTypes: ["ipv4"],
  };
}

/** Always the same one for a subnet. */
function zoneOf({ region }: Owner, subnet: string): string {
  const zones = zonesOf(region);
  return zones[Number.parseInt(hashOf(subnet).slice(0, 8), 16) % zones.length] ?? `${region}a`;
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
