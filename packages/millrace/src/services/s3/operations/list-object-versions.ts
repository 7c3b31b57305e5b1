import type {
  DeleteMarkerEntry,
  ObjectVersion as ListedVersion,
  ListObjectVersionsOutput,
  ListObjectVersionsRequest,
} from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import type { Bucket, ObjectVersion, VersionListPage } from "../../../kernels/objects/index.ts";
import { findBucket } from "../bucket-lookup.ts";
import { wholeSeconds } from "../conditions.ts";
import { invalidArgument } from "../errors.ts";
import { keyText, pageSize } from "../list-text.ts";
import { commonPrefixes, echoed, listedObject, listOptions } from "../object-listing.ts";
import { objectOwner } from "../owner.ts";
import type { S3State } from "../state.ts";

type VersionsInput = Input<ListObjectVersionsRequest>;

export function listObjectVersions(state: S3State, input: VersionsInput): ListObjectVersionsOutput {
  const bucket = findBucket(state, input);
  const text = keyText(input.EncodingType);
  const limit = pageSize(input.MaxKeys, "maxKeys");
  const page = limit === 0 ? emptyPage : state.objects.listVersions(bucket.name, options(input, limit));
  const markers = page.items.filter((version) => version.isDeleteMarker);
  const versions = page.items.filter((version) => !version.isDeleteMarker);
  const nowMs = state.clock.now();
  return {
    Name: bucket.name,
    ...echoed(input),
    KeyMarker: text(input.KeyMarker ?? ""),
    VersionIdMarker: input.VersionIdMarker ?? "",
    MaxKeys: limit,
    IsTruncated: page.next !== undefined,
    ...(page.next === undefined ? {} : { NextKeyMarker: text(page.next) }),
    ...(page.nextVersionId === undefined ? {} : { NextVersionIdMarker: page.nextVersionId }),
    ...(versions.length === 0
      ? {}
      : { Versions: versions.map((version) => listedVersion(bucket, version, input, nowMs)) }),
    ...(markers.length === 0
      ? {}
      : { DeleteMarkers: markers.map((version) => listedMarker(bucket, version, input)) }),
    ...commonPrefixes(page.commonPrefixes, text),
  };
}

const emptyPage: VersionListPage = Object.freeze({
  items: [],
  commonPrefixes: [],
  next: undefined,
  nextVersionId: undefined,
});

function options(input: VersionsInput, limit: number): Parameters<S3State["objects"]["listVersions"]>[1] {
  const { KeyMarker, VersionIdMarker } = input;
  if (VersionIdMarker === "")
    throw invalidArgument("A version-id marker cannot be empty.", "version-id-marker", "");
  if (VersionIdMarker !== undefined && (KeyMarker === undefined || KeyMarker === ""))
    throw invalidArgument(
      "A version-id marker cannot be specified without a key marker.",
      "version-id-marker",
      VersionIdMarker,
    );
  return {
    ...listOptions(input),
    ...(KeyMarker === undefined || KeyMarker === "" ? {} : { after: KeyMarker }),
    ...(VersionIdMarker === undefined ? {} : { afterVersionId: VersionIdMarker }),
    limit,
  };
}

function listedVersion(
  bucket: Bucket,
  version: ObjectVersion,
  input: VersionsInput,
  nowMs: number,
): ListedVersion {
  return {
    ...(listedObject(bucket, version, input, { withOwner: true, nowMs }) as ListedVersion),
    VersionId: version.versionId,
    IsLatest: version.isLatest,
  };
}

function listedMarker(bucket: Bucket, version: ObjectVersion, input: VersionsInput): DeleteMarkerEntry {
  return {
    Key: keyText(input.EncodingType)(version.key),
    VersionId: version.versionId,
    IsLatest: version.isLatest,
    LastModified: new Date(wholeSeconds(version.lastModifiedMs)),
    Owner: objectOwner(bucket, version),
  };
}
