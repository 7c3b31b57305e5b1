import type { GetObjectOutput } from "@aws-sdk/client-s3";
import type { Bucket, ByteRange, ObjectVersion } from "../../kernels/objects/index.ts";
import { contentRange, readRange } from "./byte-range.ts";
import { checksumMembers } from "./checksum-request.ts";
import type { ReadConditions } from "./conditions.ts";
import { encryptionMembers } from "./encryption-request.ts";
import { invalidPartNumber, invalidRequest } from "./errors.ts";
import { expirationHeader } from "./lifecycle/expiration-header.ts";
import { encodeMetadata } from "./metadata-text.ts";
import { headerMembers } from "./object-attributes.ts";
import { versionIdOf } from "./object-lookup.ts";
import { restoreHeader } from "./restoration.ts";

/** What a reader asks for of an object, beside its conditions. */
export interface ReadInput {
  readonly Range?: string | undefined;
  readonly PartNumber?: number | undefined;
  readonly ChecksumMode?: string | undefined;
  readonly ResponseCacheControl?: string | undefined;
  readonly ResponseContentDisposition?: string | undefined;
  readonly ResponseContentEncoding?: string | undefined;
  readonly ResponseContentLanguage?: string | undefined;
  readonly ResponseContentType?: string | undefined;
  readonly ResponseExpires?: Date | undefined;
}

interface ConditionHeaders {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

export function conditionsOf(input: ConditionHeaders): ReadConditions {
  return {
    match: input.IfMatch,
    noneMatch: input.IfNoneMatch,
    modifiedSince: input.IfModifiedSince,
    unmodifiedSince: input.IfUnmodifiedSince,
  };
}

/** The part of an object that a reader gets. */
export interface Extent {
  readonly range: ByteRange;
  /** Whether the answer is "partial content". */
  readonly isPartial: boolean;
  /** The part that was asked for by number. */
  readonly part: number | undefined;
}

export function extentOf(version: ObjectVersion, { Range, PartNumber }: ReadInput): Extent {
  const { size, parts } = version;
  if (PartNumber === undefined) {
    const range = readRange(Range, size);
    return { range: range ?? { start: 0, end: size }, isPartial: range !== undefined, part: undefined };
  }
  if (Range !== undefined)
    throw invalidRequest("Cannot specify both Range header and partNumber query parameter");
  if (parts === undefined) {
    if (PartNumber !== 1) throw invalidPartNumber(PartNumber, 1);
    return { range: { start: 0, end: size }, isPartial: size > 0, part: PartNumber };
  }
  let start = 0;
  for (const [index, part] of parts.entries()) {
    if (index + 1 === PartNumber)
      return { range: { start, end: start + part.size }, isPartial: part.size > 0, part: PartNumber };
    start += part.size;
  }
  throw invalidPartNumber(PartNumber, parts.length);
}

/** The headers of GET and HEAD. */
export function objectOutput(
  bucket: Bucket,
  version: ObjectVersion,
  extent: Extent,
  input: ReadInput,
  nowMs: number,
): Omit<GetObjectOutput, "Body"> {
  const { range, isPartial, part } = extent;
  const { parts, retention } = version;
  const partsCount = part === undefined ? undefined : parts?.length;
  const restore = restoreHeader(version, nowMs);
  const expiration = expirationHeader(bucket, version);
  return {
    AcceptRanges: "bytes",
    LastModified: new Date(version.lastModifiedMs),
    ContentLength: range.end - range.start,
    ETag: `"${version.etag}"`,
    ...(isPartial ? { ContentRange: contentRange(range, version.size) } : {}),
    ...checksumOf(version, extent, input),
    ...headerMembers(version.headers),
    ...overrides(input),
    Metadata: Object.fromEntries(
      Object.entries(version.metadata).map(([name, value]) => [name, encodeMetadata(value)]),
    ),
    ...versionIdOf(bucket, version.versionId),
    ...encryptionMembers(version.encryption),
    ...(version.storageClass === "STANDARD"
      ? {}
      : { StorageClass: version.storageClass as NonNullable<GetObjectOutput["StorageClass"]> }),
    ...(restore === undefined ? {} : { Restore: restore }),
    ...(expiration === undefined ? {} : { Expiration: expiration }),
    ...(partsCount === undefined ? {} : { PartsCount: partsCount }),
    ...(Object.keys(version.tags).length > 0 ? { TagCount: Object.keys(version.tags).length } : {}),
    ...(retention === undefined
      ? {}
      : { ObjectLockMode: retention.mode, ObjectLockRetainUntilDate: new Date(retention.untilMs) }),
    ...(bucket.objectLock && version.legalHold ? { ObjectLockLegalHoldStatus: "ON" } : {}),
  };
}

/** A checksum of other bytes than those that are sent would only make the client think them damaged. */
function checksumOf(
  version: ObjectVersion,
  { isPartial, part }: Extent,
  { ChecksumMode }: ReadInput,
): ReturnType<typeof checksumMembers> {
  // The SDK for C++ writes it in lower case.
  if (ChecksumMode?.toUpperCase() !== "ENABLED") return {};
  if (part !== undefined && version.parts !== undefined) {
    const { checksum } = version.parts[part - 1] ?? { checksum: undefined };
    return {
      ...checksumMembers(checksum),
      ...(version.checksum ? { ChecksumType: version.checksum.type } : {}),
    };
  }
  return isPartial && part === undefined ? {} : checksumMembers(version.checksum);
}

/** `response-content-type` and its siblings. */
function overrides(input: ReadInput): Partial<GetObjectOutput> {
  return {
    ...(input.ResponseCacheControl === undefined ? {} : { CacheControl: input.ResponseCacheControl }),
    ...(input.ResponseContentDisposition === undefined
      ? {}
      : { ContentDisposition: input.ResponseContentDisposition }),
    ...(input.ResponseContentEncoding === undefined
      ? {}
      : { ContentEncoding: input.ResponseContentEncoding }),
    ...(input.ResponseContentLanguage === undefined
      ? {}
      : { ContentLanguage: input.ResponseContentLanguage }),
    ...(input.ResponseContentType === undefined ? {} : { ContentType: input.ResponseContentType }),
    ...(input.ResponseExpires === undefined ? {} : { ExpiresString: input.ResponseExpires.toUTCString() }),
  };
}
