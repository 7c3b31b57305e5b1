import { ServiceError } from "../../core/errors.ts";
import type { Bucket, ObjectVersion, Retention } from "../../kernels/objects/index.ts";
import { defaultRetentionOf } from "./bucket-settings.ts";
import { invalidArgument, invalidRequest, notImplemented, objectLocked } from "./errors.ts";

/** The headers by which a writer locks an object. */
export interface LockInput {
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockRetainUntilDate?: Date | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
  readonly ObjectLockEventHold?: string | undefined;
  readonly ObjectLockEventHoldDurationDays?: number | undefined;
  readonly ObjectLockEventHoldDurationYears?: number | undefined;
}

export interface Lock {
  readonly retention: Retention | undefined;
  readonly legalHold: boolean;
}

export function requireObjectLock(bucket: Bucket): void {
  if (!bucket.objectLock) throw invalidRequest("Bucket is missing Object Lock Configuration");
}

export const noLockConfiguration = (): ServiceError =>
  new ServiceError(
    "NoSuchObjectLockConfiguration",
    "The specified object does not have a ObjectLock configuration",
    { status: 404 },
  );

/** The lock of a new version: its writer's, else the bucket's default. */
export function requestedLock(bucket: Bucket, input: LockInput, nowMs: number): Lock {
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: hold } = input;
  const { ObjectLockEventHold, ObjectLockEventHoldDurationDays, ObjectLockEventHoldDurationYears } = input;
  if (
    (ObjectLockEventHold ?? ObjectLockEventHoldDurationDays ?? ObjectLockEventHoldDurationYears) !== undefined
  )
    throw notImplemented("x-amz-object-lock-event-hold");
  if (mode === undefined && until === undefined && hold === undefined)
    return { retention: defaultRetentionOf(bucket, nowMs), legalHold: false };
  requireObjectLock(bucket);
  if ((mode === undefined) !== (until === undefined))
    throw invalidArgument(
      "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
      mode === undefined ? "x-amz-object-lock-retain-until-date" : "x-amz-object-lock-mode",
    );
  const retention =
    mode === undefined || until === undefined
      ? defaultRetentionOf(bucket, nowMs)
      : { mode: readMode(mode), untilMs: futureDate(until, nowMs) };
  return { retention, legalHold: hold === "ON" };
}

export function readMode(mode: string): Retention["mode"] {
  if (mode === "GOVERNANCE" || mode === "COMPLIANCE") return mode;
  throw invalidArgument("Unknown wormMode directive.", "x-amz-object-lock-mode", mode);
}

export function futureDate(until: Date, nowMs: number): number {
  if (until.getTime() > nowMs) return until.getTime();
  throw invalidArgument(
    "The retain until date must be in the future!",
    "x-amz-object-lock-retain-until-date",
    until.toISOString(),
  );
}

type Locked = Pick<ObjectVersion, "retention" | "legalHold">;

function isRetained({ retention }: Locked, nowMs: number): boolean {
  return retention !== undefined && retention.untilMs > nowMs;
}

/** @throws ServiceError `AccessDenied` when the version is locked against removal. */
export function checkRemovable(version: Locked, bypassGovernance: boolean, nowMs: number): void {
  if (version.legalHold) throw objectLocked();
  if (!isRetained(version, nowMs)) return;
  if (version.retention?.mode === "GOVERNANCE" && bypassGovernance) return;
  throw objectLocked();
}

/** A retention may always grow stronger; COMPLIANCE never weaker, and GOVERNANCE only by bypass. */
export function checkRetentionChange(
  version: Locked,
  next: Retention | undefined,
  bypassGovernance: boolean,
  nowMs: number,
): void {
  const current = version.retention;
  if (current === undefined || !isRetained(version, nowMs)) return;
  const isStronger =
    next !== undefined &&
    next.untilMs >= current.untilMs &&
    (next.mode === current.mode || next.mode === "COMPLIANCE");
  if (isStronger || (current.mode === "GOVERNANCE" && bypassGovernance)) return;
  throw objectLocked();
}
