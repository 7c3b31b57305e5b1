import type { _Object, CommonPrefix } from "@aws-sdk/client-s3";
import type { Bucket, ListPage, ObjectVersion } from "../../kernels/objects/index.ts";
import { wholeSeconds } from "./conditions.ts";
import { invalidArgument } from "./errors.ts";
import { type KeyText, keyText, pageSize } from "./list-text.ts";
import { objectOwner } from "./owner.ts";
import { isArchived, restoredUntilMs } from "./restoration.ts";
import type { S3State } from "./state.ts";

/** What the listings of objects, versions and uploads are asked for alike. */
export interface ListingInput {
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly EncodingType?: string | undefined;
}

/** The parameters as answers repeat them. */
export function echoed(input: ListingInput): {
  Prefix: string;
  Delimiter?: string;
  EncodingType?: "url";
} {
  const text = keyText(input.EncodingType);
  return {
    Prefix: text(input.Prefix ?? ""),
    ...(input.Delimiter === undefined || input.Delimiter === "" ? {} : { Delimiter: text(input.Delimiter) }),
    ...(input.EncodingType === undefined ? {} : { EncodingType: "url" }),
  };
}

export function commonPrefixes(
  prefixes: readonly string[],
  text: KeyText,
): { CommonPrefixes?: CommonPrefix[] } {
  return prefixes.length === 0
    ? {}
    : { CommonPrefixes: prefixes.map((Prefix) => ({ Prefix: text(Prefix) })) };
}

/** An empty prefix or delimiter is none. */
export function listOptions(input: ListingInput): { prefix?: string; delimiter?: string } {
  return {
    ...(input.Prefix === undefined || input.Prefix === "" ? {} : { prefix: input.Prefix }),
    ...(input.Delimiter === undefined || input.Delimiter === "" ? {} : { delimiter: input.Delimiter }),
  };
}

export interface ObjectListingInput extends ListingInput {
  readonly MaxKeys?: number | undefined;
  readonly OptionalObjectAttributes?: readonly string[] | undefined;
}

export interface ObjectPage {
  readonly page: ListPage<ObjectVersion>;
  readonly limit: number;
}

/** One page of the current objects of a bucket. */
export function listPage(
  state: S3State,
  bucket: Bucket,
  input: ObjectListingInput,
  after: string | undefined,
): ObjectPage {
  for (const name of input.OptionalObjectAttributes ?? [])
    if (name !== "RestoreStatus")
      throw invalidArgument(
        "Invalid optional object attribute name specified.",
        "x-amz-optional-object-attributes",
        name,
      );
  const limit = pageSize(input.MaxKeys, "maxKeys");
  if (limit === 0) return { page: { items: [], commonPrefixes: [], next: undefined }, limit };
  const start = after === undefined || after === "" ? {} : { after };
  return { page: state.objects.list(bucket.name, { ...listOptions(input), ...start, limit }), limit };
}

/** An object as a listing shows it. */
export function listedObject(
  bucket: Bucket,
  version: ObjectVersion,
  input: ObjectListingInput,
  about: { readonly withOwner: boolean; readonly nowMs: number },
): _Object {
  const { checksum, storageClass } = version;
  return {
    Key: keyText(input.EncodingType)(version.key),
    LastModified: new Date(wholeSeconds(version.lastModifiedMs)),
    ETag: `"${version.etag}"`,
    ...(checksum === undefined
      ? {}
      : { ChecksumAlgorithm: [checksum.algorithm], ChecksumType: checksum.type }),
    Size: version.size,
    StorageClass: storageClass as NonNullable<_Object["StorageClass"]>,
    ...(about.withOwner ? { Owner: objectOwner(bucket, version) } : {}),
    ...(input.OptionalObjectAttributes === undefined ? {} : restoreStatus(version, about.nowMs)),
  };
}

function restoreStatus(version: ObjectVersion, nowMs: number): Pick<_Object, "RestoreStatus"> {
  if (!isArchived(version)) return {};
  const untilMs = restoredUntilMs(version, nowMs);
  return {
    RestoreStatus: {
      IsRestoreInProgress: false,
      ...(untilMs === undefined ? {} : { RestoreExpiryDate: new Date(untilMs) }),
    },
  };
}
