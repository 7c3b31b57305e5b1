import type { CreateClusterMessage, ModifyClusterMessage } from "@aws-sdk/client-redshift";
import type { Input } from "../../../gateway/service.ts";
import type { ClusterOptions, Owner } from "../document.ts";
import { invalidCombination, invalidValue } from "../errors.ts";
import { limits } from "../limits.ts";
import { findParameterGroup, findSecurityGroup } from "../lookup.ts";
import { newestFamily } from "../parameters/definitions.ts";
import type { Resources } from "../resources.ts";
import { checkMaintenanceWindow } from "./maintenance-window.ts";

/** What both CreateCluster and ModifyCluster can say of a cluster's options. */
export type GivenOptions = Pick<
  Input<CreateClusterMessage> & Input<ModifyClusterMessage>,
  | "AllowVersionUpgrade"
  | "AutomatedSnapshotRetentionPeriod"
  | "AvailabilityZone"
  | "AvailabilityZoneRelocation"
  | "ClusterParameterGroupName"
  | "ClusterSecurityGroups"
  | "EnhancedVpcRouting"
  | "MaintenanceTrackName"
  | "ManualSnapshotRetentionPeriod"
  | "MultiAZ"
  | "PreferredMaintenanceWindow"
  | "PubliclyAccessible"
  | "VpcSecurityGroupIds"
>;

export const zonesOf = (region: string): readonly string[] => ["a", "b", "c"].map((zone) => region + zone);

/** What a cluster has where nothing is said. */
export function newClusterOptions({ region }: Owner): ClusterOptions {
  return {
    securityGroups: [],
    vpcSecurityGroups: [],
    parameterGroup: `default.${newestFamily}`,
    roles: [],
    defaultRole: "",
    automatedSnapshotDays: 1,
    manualSnapshotDays: -1,
    maintenanceWindow: "sun:06:00-sun:06:30",
    maintenanceTrack: "current",
    allowVersionUpgrade: true,
    publiclyAccessible: false,
    enhancedVpcRouting: false,
    availabilityZone: `${region}a`,
    relocation: false,
    multiAz: false,
  };
}

/** The options that a call says something of. @throws ServiceError */
export function givenOptions(state: Resources, owner: Owner, input: GivenOptions): Partial<ClusterOptions> {
  checkRetention(input);
  const track = input.MaintenanceTrackName;
  if (track !== undefined && track !== "current" && track !== "trailing")
    throw invalidValue(`The maintenance track ${track} does not exist.`);
  const zone = input.AvailabilityZone;
  if (zone !== undefined && !zonesOf(owner.region).includes(zone))
    throw invalidValue(`Invalid availability zone: ${zone}`);
  if (input.MultiAZ === true && input.AvailabilityZoneRelocation === true)
    throw invalidCombination("A Multi-AZ cluster cannot be relocated to another Availability Zone.");
  const window = input.PreferredMaintenanceWindow;
  return withoutUndefined({
    securityGroups: securityGroups(state, owner, input.ClusterSecurityGroups),
    vpcSecurityGroups: vpcSecurityGroups(input.VpcSecurityGroupIds),
    parameterGroup:
      input.ClusterParameterGroupName === undefined
        ? undefined
        : findParameterGroup(state, owner, input.ClusterParameterGroupName).name,
    automatedSnapshotDays: input.AutomatedSnapshotRetentionPeriod,
    manualSnapshotDays: input.ManualSnapshotRetentionPeriod,
    maintenanceWindow: window === undefined ? undefined : checkMaintenanceWindow(window),
    maintenanceTrack: track,
    allowVersionUpgrade: input.AllowVersionUpgrade,
    publiclyAccessible: input.PubliclyAccessible,
    enhancedVpcRouting: input.EnhancedVpcRouting,
    availabilityZone: zone,
    relocation: input.AvailabilityZoneRelocation,
    multiAz: input.MultiAZ,
  });
}

function checkRetention({
  AutomatedSnapshotRetentionPeriod: automated,
  ManualSnapshotRetentionPeriod: manual,
}: GivenOptions): void {
  if (automated !== undefined && (automated < 0 || automated > 35))
    throw invalidValue("The value of AutomatedSnapshotRetentionPeriod must be between 0 and 35.");
  if (manual !== undefined && manual !== -1 && (manual < 1 || manual > 3653))
    throw invalidValue("The value of ManualSnapshotRetentionPeriod must be either -1 or between 1 and 3653.");
}

function securityGroups(
  state: Resources,
  owner: Owner,
  names: readonly string[] | undefined,
): readonly string[] | undefined {
  if (names === undefined) return undefined;
  checkCount(names, "ClusterSecurityGroups");
  return [...new Set(names.map((name) => findSecurityGroup(state, owner, name).name))];
}

function vpcSecurityGroups(ids: readonly string[] | undefined): readonly string[] | undefined {
  if (ids === undefined) return undefined;
  checkCount(ids, "VpcSecurityGroupIds");
  for (const id of ids)
    if (!/^sg-[0-9a-z]+$/.test(id)) throw invalidValue(`Invalid security group id: ${id}`);
  return [...new Set(ids)];
}

function checkCount(list: readonly string[], parameter: string): void {
  if (list.length > limits.securityGroupsPerCluster)
    throw invalidValue(`${parameter} must not have more than ${limits.securityGroupsPerCluster} entries.`);
}

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(object: T): Present<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Present<T>;
}
