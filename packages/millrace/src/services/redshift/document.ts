import type { ClusterShape } from "../../kernels/warehouse/warehouse-port.ts";

/** Everything belongs to an account and a region. */
export interface Owner {
  readonly account: string;
  readonly region: string;
}

export type Tags = Readonly<Record<string, string>>;

/** What is found by its name. */
export interface Named extends Owner {
  /** Lower case. */
  readonly name: string;
  readonly tags: Tags;
}

/** What of a cluster may be changed, beside its shape and name. */
export interface ClusterOptions {
  /** Cluster security groups; with none of them everybody may connect. */
  readonly securityGroups: readonly string[];
  /** Kept and shown: there is no VPC. */
  readonly vpcSecurityGroups: readonly string[];
  readonly parameterGroup: string;
  readonly roles: readonly string[];
  /** "" when there is none. */
  readonly defaultRole: string;
  readonly automatedSnapshotDays: number;
  readonly manualSnapshotDays: number;
  readonly maintenanceWindow: string;
  readonly maintenanceTrack: string;
  readonly allowVersionUpgrade: boolean;
  readonly publiclyAccessible: boolean;
  readonly enhancedVpcRouting: boolean;
  readonly availabilityZone: string;
  readonly relocation: boolean;
  readonly multiAz: boolean;
}

export type ResizeType = "ClassicResize" | "ElasticResize";

/** A change that was accepted and is not made yet. */
export interface ClusterChange {
  readonly options: Partial<ClusterOptions>;
  readonly resize?: { readonly type: ResizeType; readonly shape: ClusterShape };
  readonly newName?: string;
}

/** What is under way with a cluster; it is finished after a restart as well. */
export type Work =
  | { readonly kind: "create" | "delete" | "pause" | "reboot" | "resume" }
  | { readonly kind: "modify"; readonly change: ClusterChange };

/** The last resize: DescribeResize. */
export interface ResizeDocument {
  readonly type: ResizeType;
  readonly shape: ClusterShape;
  readonly status: "IN_PROGRESS" | "SUCCEEDED" | "FAILED" | "CANCELLED";
  readonly startedMs: number;
  readonly endedMs?: number;
  readonly totalMegaBytes: number;
  readonly message?: string;
}

export interface LoggingDocument {
  readonly destination: "s3" | "cloudwatch";
  readonly bucket?: string;
  readonly keyPrefix?: string;
  readonly exports?: readonly string[];
}

/** All that this service keeps of a cluster; data, users and passwords are the kernel's. */
export interface ClusterDocument extends Named {
  /** A UUID, which stays when the cluster is renamed: its namespace. */
  readonly id: string;
  readonly createdMs: number;
  readonly masterUser: string;
  readonly database: string;
  readonly shape: ClusterShape;
  readonly subnetGroup?: string;
  readonly options: ClusterOptions;
  /** The static parameters in force: those of its group at the last start. */
  readonly applied: Readonly<Record<string, string>>;
  readonly paused: boolean;
  readonly work?: Work;
  readonly resize?: ResizeDocument;
  readonly logging?: LoggingDocument;
  /** Of a cluster that Millrace made itself: who may connect when there are no security groups. */
  readonly admittedRanges?: readonly string[];
}

export interface ParameterGroupDocument extends Named {
  readonly family: string;
  readonly description: string;
  /** The values that differ from the family's. */
  readonly values: Readonly<Record<string, string>>;
}

export interface SubnetGroupDocument extends Named {
  readonly description: string;
  readonly subnets: readonly string[];
}

export interface SecurityGroupDocument extends Named {
  readonly description: string;
  /** CIDR ranges with the tags that they may have one day. */
  readonly ranges: readonly string[];
}

export interface EventDocument extends Owner {
  /** Counts up; with it an event is found again. */
  readonly sequence: number;
  readonly atMs: number;
  readonly id: string;
  readonly sourceType: "cluster" | "cluster-parameter-group" | "cluster-security-group";
  readonly source: string;
  readonly category: "configuration" | "management" | "monitoring" | "security";
  readonly severity: "INFO" | "ERROR";
  readonly message: string;
}
