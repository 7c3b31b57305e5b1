import type { ObjectVersion } from "../../kernels/objects/index.ts";
import { noSuchKey, notImplemented, notModified, preconditionFailed } from "./errors.ts";

/** The conditions of a read, whichever headers they came in. */
export interface ReadConditions {
  readonly match?: string | undefined;
  readonly noneMatch?: string | undefined;
  readonly modifiedSince?: Date | undefined;
  readonly unmodifiedSince?: Date | undefined;
}

/** What is known of the version that conditions are about. */
type Subject = Pick<ObjectVersion, "etag" | "lastModifiedMs">;

/** Which conditions do not hold: the first that fails decides (RFC 9110, 13.2.2). */
type Failure = "match" | "unmodifiedSince" | "noneMatch" | "modifiedSince";

/** An entity tag's condition makes the date's condition of the same kind irrelevant. */
function failureOf(version: Subject, conditions: ReadConditions, nowMs: number): Failure | undefined {
  const { match, noneMatch, modifiedSince, unmodifiedSince } = conditions;
  const modifiedMs = wholeSeconds(version.lastModifiedMs);
  if (match !== undefined) {
    if (!matchesTag(version.etag, match)) return "match";
  } else if (unmodifiedSince !== undefined && modifiedMs > unmodifiedSince.getTime())
    return "unmodifiedSince";
  if (noneMatch !== undefined) return matchesTag(version.etag, noneMatch) ? "noneMatch" : undefined;
  // A date in the future says nothing (RFC 9110, 13.1.3).
  if (modifiedSince === undefined || modifiedSince.getTime() > nowMs) return undefined;
  return modifiedMs <= modifiedSince.getTime() ? "modifiedSince" : undefined;
}

/** The conditions of GET and HEAD: 412, or 304 when the client has the object already. */
export function checkRead(version: Subject, conditions: ReadConditions, nowMs: number): void {
  const failure = failureOf(version, conditions, nowMs);
  if (failure === undefined) return;
  if (failure === "match") throw preconditionFailed("If-Match");
  if (failure === "unmodifiedSince") throw preconditionFailed("If-Unmodified-Since");
  throw notModified({
    etag: `"${version.etag}"`,
    "last-modified": new Date(version.lastModifiedMs).toUTCString(),
  });
}

const copyNames: Readonly<Record<Failure, string>> = {
  match: "x-amz-copy-source-If-Match",
  noneMatch: "x-amz-copy-source-If-None-Match",
  modifiedSince: "x-amz-copy-source-If-Modified-Since",
  unmodifiedSince: "x-amz-copy-source-If-Unmodified-Since",
};

/** The conditions on a copy's source: always 412, since nothing is sent that could be left out. */
export function checkCopySource(version: Subject, conditions: ReadConditions, nowMs: number): void {
  const failure = failureOf(version, conditions, nowMs);
  if (failure !== undefined) throw preconditionFailed(copyNames[failure]);
}

export interface WriteConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
}

/**
 * Checks a conditional write against the version that is current in the moment of the commit; undefined when
 * there is nothing to check.
 */
export function writeCheck(
  { IfMatch, IfNoneMatch }: WriteConditions,
  key: string,
): ((current: Subject | undefined) => void) | undefined {
  if (IfMatch === undefined && IfNoneMatch === undefined) return undefined;
  if (IfMatch !== undefined && IfNoneMatch !== undefined)
    throw notImplemented("If-Match together with If-None-Match");
  if (IfNoneMatch !== undefined && IfNoneMatch !== "*")
    throw notImplemented("If-None-Match with anything but *");
  return (current) => {
    if (IfNoneMatch !== undefined) {
      if (current !== undefined) throw preconditionFailed("If-None-Match");
      return;
    }
    if (current === undefined) throw noSuchKey(key);
    if (IfMatch !== undefined && !matchesTag(current.etag, IfMatch)) throw preconditionFailed("If-Match");
  };
}

/** A list of entity tags, quoted or not, or `*`. */
function matchesTag(etag: string, list: string): boolean {
  return list.split(",").some((item) => {
    const tag = item.trim().replace(/^W\//, "");
    return tag === "*" || tag === etag || tag === `"${etag}"`;
  });
}

/** HTTP dates have no fractions of a second. */
export function wholeSeconds(timeMs: number): number {
  return Math.floor(timeMs / 1000) * 1000;
}
