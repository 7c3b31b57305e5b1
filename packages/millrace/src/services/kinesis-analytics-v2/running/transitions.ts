import { randomBytes } from "node:crypto";
import type { ApplicationStatus, OperationStatus } from "@aws-sdk/client-kinesis-analytics-v2";
import type {
  ApplicationDocument,
  OperationDocument,
  SnapshotDocument,
  Transition,
  VersionDocument,
} from "../applications/document.ts";

/** A new name of the engine's, or id of an operation. */
export const newId = (): string => randomBytes(16).toString("hex");

/** Which status each transition shows. */
export const statusDuring: Readonly<Record<Transition["kind"], ApplicationStatus>> = {
  start: "STARTING",
  stop: "STOPPING",
  update: "UPDATING",
  rollback: "ROLLING_BACK",
  scale: "AUTOSCALING",
  delete: "DELETING",
};

/** What a transition has come to. */
export interface Outcome {
  readonly status: ApplicationStatus;
  readonly failure?: string;
  readonly snapshots?: readonly SnapshotDocument[];
  readonly parallelism?: number;
}

export function newOperation(
  operation: string,
  nowMs: number,
  versions?: { readonly from: number; readonly to: number },
): OperationDocument {
  const started = { id: newId(), operation, startMs: nowMs, status: "IN_PROGRESS" } as const;
  return versions === undefined
    ? started
    : { ...started, updatedFrom: versions.from, updatedTo: versions.to };
}

export function ended(
  operation: OperationDocument,
  status: OperationStatus,
  nowMs: number,
  failure?: string,
): OperationDocument {
  return { ...operation, status, endMs: nowMs, ...(failure !== undefined && { failure }) };
}

/** A version that brings an older one back. */
export function rollbackVersion(
  document: ApplicationDocument,
  target: VersionDocument,
  nowMs: number,
): VersionDocument {
  const { isRolledBack: _left, ...kept } = target;
  return {
    ...kept,
    version: document.current.version + 1,
    createdMs: nowMs,
    updatedFrom: document.current.version,
    rolledBackFrom: document.current.version,
    rolledBackTo: target.version,
  };
}

/** With how many tasks a version is started. */
export const parallelismOf = ({ configuration }: VersionDocument): number =>
  configuration.FlinkApplicationConfigurationDescription?.ParallelismConfigurationDescription?.Parallelism ??
  1;
