import type { Cluster, ClusterNode, PendingModifiedValues } from "@aws-sdk/client-redshift";
import { nodeTypeNamed, storageMegaBytesOf } from "../../../kernels/warehouse/slices/node-types.ts";
import { redshiftArn } from "../arn.ts";
import type { ClusterDocument } from "../document.ts";
import { parameterGroupOf } from "../lookup.ts";
import { parameterStatuses } from "../parameters/values.ts";
import type { ClusterEndpoint, RedshiftState } from "../state.ts";
import { vpcIdOf } from "../subnets.ts";
import { tagList } from "../tags.ts";
import { nextMaintenance } from "./maintenance-window.ts";
import { clusterTypeOf, elasticShapes } from "./shape.ts";
import { availabilityOf, statusOf } from "./status.ts";

/** A cluster as the API shows it. */
export function describeCluster(
  state: RedshiftState,
  cluster: ClusterDocument,
  pendingPassword: boolean = false,
): Cluster {
  const status = statusOf(state, cluster);
  const endpoint = state.endpoint(cluster.name);
  return {
    ClusterIdentifier: cluster.name,
    NodeType: cluster.shape.nodeType,
    ClusterStatus: status,
    ClusterAvailabilityStatus: availabilityOf(status),
    MasterUsername: cluster.masterUser,
    DBName: cluster.database,
    // As on AWS there is none before the cluster is there.
    ...(status === "creating" ? {} : { Endpoint: { Address: endpoint.address, Port: endpoint.port } }),
    ClusterCreateTime: new Date(cluster.createdMs),
    ...describeAccess(state, cluster),
    ...describeShape(cluster, endpoint),
    ...describeKept(state, cluster),
    ...describeResizing(state, cluster),
    PendingModifiedValues: pendingValues(cluster, pendingPassword),
    ClusterNamespaceArn: redshiftArn(cluster, `namespace:${cluster.id}`),
    Tags: tagList(cluster.tags),
  };
}

function describeAccess(state: RedshiftState, cluster: ClusterDocument): Partial<Cluster> {
  const { options, subnetGroup } = cluster;
  const group = parameterGroupOf(state, cluster);
  const statuses = parameterStatuses(cluster, group);
  const waits = statuses.some(({ ParameterApplyStatus: status }) => status === "pending-reboot");
  return {
    ClusterSecurityGroups: options.securityGroups.map((ClusterSecurityGroupName) => ({
      ClusterSecurityGroupName,
      Status: "active",
    })),
    VpcSecurityGroups: options.vpcSecurityGroups.map((VpcSecurityGroupId) => ({
      VpcSecurityGroupId,
      Status: "active",
    })),
    ClusterParameterGroups: [
      {
        ParameterGroupName: group.name,
        ParameterApplyStatus: waits ? "pending-reboot" : "in-sync",
        ClusterParameterStatusList: [...statuses],
      },
    ],
    ...(subnetGroup === undefined ? {} : { ClusterSubnetGroupName: subnetGroup, VpcId: vpcIdOf(cluster) }),
    IamRoles: options.roles.map((IamRoleArn) => ({ IamRoleArn, ApplyStatus: "in-sync" })),
    ...(options.defaultRole === "" ? {} : { DefaultIamRoleArn: options.defaultRole }),
    EnhancedVpcRouting: options.enhancedVpcRouting,
    PubliclyAccessible: options.publiclyAccessible,
    Encrypted: false,
  };
}

function describeShape(cluster: ClusterDocument, endpoint: ClusterEndpoint): Partial<Cluster> {
  const { shape } = cluster;
  const elastic = elasticShapes(shape).filter(({ nodeType }) => nodeType === shape.nodeType);
  return {
    NumberOfNodes: shape.nodes,
    ClusterNodes: nodesOf(cluster, endpoint),
    TotalStorageCapacityInMegaBytes: storageMegaBytesOf(shape),
    ...(elastic.length === 0
      ? {}
      : { ElasticResizeNumberOfNodeOptions: `[${elastic.map(({ nodes }) => nodes).join(",")}]` }),
  };
}

function nodesOf({ shape }: ClusterDocument, { address }: ClusterEndpoint): ClusterNode[] {
  const node = (NodeRole: string): ClusterNode => ({ NodeRole, PrivateIPAddress: address });
  if (shape.nodes === 1) return [node("SHARED")];
  return [node("LEADER"), ...Array.from({ length: shape.nodes }, (_, index) => node(`COMPUTE-${index}`))];
}

/** What is kept and shown. */
function describeKept({ clock }: RedshiftState, { options, shape }: ClusterDocument): Partial<Cluster> {
  const canSpan = nodeTypeNamed(shape.nodeType)?.multiAz === true;
  return {
    AutomatedSnapshotRetentionPeriod: options.automatedSnapshotDays,
    ManualSnapshotRetentionPeriod: options.manualSnapshotDays,
    AvailabilityZone: options.availabilityZone,
    AvailabilityZoneRelocationStatus: options.relocation && canSpan ? "enabled" : "disabled",
    MultiAZ: options.multiAz ? "Enabled" : "Disabled",
    PreferredMaintenanceWindow: options.maintenanceWindow,
    NextMaintenanceWindowStartTime: nextMaintenance(options.maintenanceWindow, clock.now()),
    MaintenanceTrackName: options.maintenanceTrack,
    AllowVersionUpgrade: options.allowVersionUpgrade,
    ClusterVersion: "1.0",
    AquaConfiguration: { AquaStatus: "disabled", AquaConfigurationStatus: "auto" },
    IpAddressType: "ipv4",
    DeferredMaintenanceWindows: [],
    PendingActions: [],
  };
}

function describeResizing({ lifecycle }: RedshiftState, cluster: ClusterDocument): Partial<Cluster> {
  const resize = cluster.work?.kind === "modify" ? cluster.work.change.resize : undefined;
  if (resize === undefined) return {};
  const AllowCancelResize = resize.type === "ClassicResize" && !lifecycle.isRunning(cluster);
  return { ResizeInfo: { ResizeType: resize.type, AllowCancelResize } };
}

function pendingValues({ work }: ClusterDocument, password: boolean): PendingModifiedValues {
  const pending: PendingModifiedValues = password ? { MasterUserPassword: "****" } : {};
  if (work?.kind !== "modify") return pending;
  const { options, resize, newName } = work.change;
  return {
    ...pending,
    ...(newName === undefined ? {} : { ClusterIdentifier: newName }),
    ...(resize === undefined
      ? {}
      : {
          NodeType: resize.shape.nodeType,
          NumberOfNodes: resize.shape.nodes,
          ClusterType: clusterTypeOf(resize.shape),
        }),
    ...(options.automatedSnapshotDays === undefined
      ? {}
      : { AutomatedSnapshotRetentionPeriod: options.automatedSnapshotDays }),
    ...(options.publiclyAccessible === undefined ? {} : { PubliclyAccessible: options.publiclyAccessible }),
    ...(options.enhancedVpcRouting === undefined ? {} : { EnhancedVpcRouting: options.enhancedVpcRouting }),
    ...(options.maintenanceTrack === undefined ? {} : { MaintenanceTrackName: options.maintenanceTrack }),
  };
}
