import type {
  ApplicationConfigurationDescription,
  ApplicationMode,
  ApplicationRestoreType,
  ApplicationStatus,
  CloudWatchLoggingOptionDescription,
  InputStartingPosition,
  OperationStatus,
  RuntimeEnvironment,
  SnapshotStatus,
} from "@aws-sdk/client-kinesis-analytics-v2";

/** Everything belongs to an account and a region. */
export interface Owner {
  readonly account: string;
  readonly region: string;
}

/** What an update replaces. Its parts are kept in the words in which they are described. */
export interface VersionDocument {
  readonly version: number;
  readonly createdMs: number;
  readonly runtime: RuntimeEnvironment;
  readonly role: string;
  readonly configuration: Configuration;
  readonly logging: readonly CloudWatchLoggingOptionDescription[];
  /** SHA-256 of the archive that came inside the call, or of the text that was read from S3 when it was made. */
  readonly archive?: string | undefined;
  readonly updatedFrom?: number;
  readonly rolledBackFrom?: number;
  readonly rolledBackTo?: number;
  /** A rollback has left it. */
  readonly isRolledBack?: true;
}

/** Without what belongs to the running application: its run configuration, its current parallelism, its plan. */
export type Configuration = Omit<ApplicationConfigurationDescription, "RunConfigurationDescription">;

/** How the application was started last. */
export interface RunDocument {
  readonly restoreType: ApplicationRestoreType;
  readonly snapshotName?: string;
  readonly allowNonRestoredState: boolean;
  /** By the id of an input, of SQL-1_0. */
  readonly positions: Readonly<Record<string, InputStartingPosition>>;
  /** The moment that NOW means. */
  readonly requestedMs: number;
}

/**
 * What brings the application out of a transitional status. It is written with the status, and can be begun
 * again after a crash at any point of it.
 */
export interface Transition {
  readonly kind: "start" | "stop" | "update" | "rollback" | "scale" | "delete";
  readonly operationId: string;
  /** Engine's name of the snapshot with which the running job is to be stopped; undefined: without one. */
  readonly stopWith?: string;
  /** What its snapshot is called if users see it. */
  readonly stopName?: string;
  /** Engine's name of the snapshot from which the job is started; undefined: from nothing. */
  readonly restoreFrom?: string;
  /** The version that the job runs before it, for an update or rollback. */
  readonly from?: number;
  readonly parallelism?: number;
}

export interface ApplicationDocument extends Owner {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly mode: ApplicationMode | undefined;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly status: ApplicationStatus;
  readonly current: VersionDocument;
  readonly tags: Readonly<Record<string, string>>;
  /** `HH:MM` in UTC. */
  readonly maintenanceStart: string;
  readonly run: RunDocument | undefined;
  readonly currentParallelism: number;
  readonly transition?: Transition;
}

export interface OperationDocument {
  readonly id: string;
  /** `UpdateApplication` */
  readonly operation: string;
  readonly startMs: number;
  readonly endMs?: number;
  readonly status: OperationStatus;
  readonly updatedFrom?: number;
  readonly updatedTo?: number;
  readonly failure?: string;
  readonly rollbackOperationId?: string;
}

export interface SnapshotDocument {
  readonly name: string;
  /** What the engine calls it. */
  readonly engineName: string;
  readonly status: SnapshotStatus;
  readonly version: number;
  readonly createdMs: number;
  readonly runtime: RuntimeEnvironment;
  /** Millrace's own, such as the last stopped point of a SQL-1_0 application: not listed. */
  readonly isHidden?: true;
}

export const isSql = (runtime: RuntimeEnvironment): boolean => runtime === "SQL-1_0";
export const isStudio = (runtime: RuntimeEnvironment): boolean => runtime.startsWith("ZEPPELIN-");
export const isFlink = (runtime: RuntimeEnvironment): boolean => runtime.startsWith("FLINK-");
