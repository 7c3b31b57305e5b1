import type { S3 } from "@aws-sdk/client-s3";
import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useConsole } from "../../api/console-context.tsx";

/** A folder, an object, or a version of one. */
export interface Entry {
  readonly kind: "folder" | "object" | "version" | "delete-marker";
  /** The whole key; a folder's ends with the delimiter. */
  readonly key: string;
  readonly sizeBytes: number | undefined;
  readonly modifiedAt: Date | undefined;
  readonly etag: string | undefined;
  readonly storageClass: string | undefined;
  readonly versionId: string | undefined;
  readonly isLatest: boolean;
}

/** The name within its folder. */
export function nameOf(key: string, prefix: string): string {
  return key.startsWith(prefix) ? key.slice(prefix.length) : key;
}

/** `a/b/` has the folders `a/` and `a/b/`. */
export function foldersOf(prefix: string): readonly { readonly name: string; readonly prefix: string }[] {
  const parts = prefix.split("/").slice(0, -1);
  return parts.map((name, i) => ({
    name: name === "" ? "/" : name,
    prefix: `${parts.slice(0, i + 1).join("/")}/`,
  }));
}

interface EntryPage {
  readonly entries: readonly Entry[];
  readonly next: PageToken | undefined;
}

type PageToken =
  | { readonly kind: "objects"; readonly token: string }
  | { readonly kind: "versions"; readonly key: string; readonly versionId: string | undefined };

export interface ListingOptions {
  readonly bucket: string;
  readonly prefix: string;
  readonly withVersions: boolean;
  /** Without folders when false. */
  readonly byFolder: boolean;
}

/** So many are read without being asked for. */
const eagerKeys = 10_000;

export interface Listing {
  readonly entries: readonly Entry[];
  readonly hasMore: boolean;
  readonly isReading: boolean;
  readonly isFirstRead: boolean;
  readonly error: Error | null;
  readMore(): void;
}

/** What is below a prefix, page by page. */
export function useListing(options: ListingOptions): Listing {
  const { clients, session } = useConsole();
  const { bucket, prefix, withVersions, byFolder } = options;
  const query: UseInfiniteQueryResult<InfiniteData<EntryPage>, Error> = useInfiniteQuery({
    queryKey: ["s3", "listing", bucket, prefix, withVersions, byFolder, session.account, session.region],
    queryFn: async ({ pageParam }) => readPage(await clients.get("s3"), options, pageParam),
    initialPageParam: undefined as PageToken | undefined,
    getNextPageParam: (page) => page.next,
  });
  const { data, hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query;
  const count = data?.pages.reduce((sum, page) => sum + page.entries.length, 0) ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError && count < eagerKeys) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, count, fetchNextPage]);
  return {
    entries: data?.pages.flatMap((page) => page.entries) ?? [],
    hasMore: hasNextPage,
    isReading: isFetchingNextPage,
    isFirstRead: query.isPending,
    error: query.error,
    readMore: () => void fetchNextPage(),
  };
}

async function readPage(s3: S3, options: ListingOptions, token: PageToken | undefined): Promise<EntryPage> {
  return options.withVersions ? versionPage(s3, options, token) : objectPage(s3, options, token);
}

async function objectPage(s3: S3, options: ListingOptions, token: PageToken | undefined): Promise<EntryPage> {
  const output = await s3.listObjectsV2({
    Bucket: options.bucket,
    Prefix: options.prefix,
    ...(options.byFolder && { Delimiter: "/" }),
    ...(token?.kind === "objects" && { ContinuationToken: token.token }),
  });
  const objects = (output.Contents ?? []).map(
    (object): Entry => ({
      kind: "object",
      key: object.Key ?? "",
      sizeBytes: object.Size,
      modifiedAt: object.LastModified,
      etag: object.ETag,
      storageClass: object.StorageClass,
      versionId: undefined,
      isLatest: true,
    }),
  );
  const next = output.NextContinuationToken;
  return {
    entries: [...foldersIn(output.CommonPrefixes), ...objects],
    next: next === undefined ? undefined : { kind: "objects", token: next },
  };
}

async function versionPage(
  s3: S3,
  options: ListingOptions,
  token: PageToken | undefined,
): Promise<EntryPage> {
  const output = await s3.listObjectVersions({
    Bucket: options.bucket,
    Prefix: options.prefix,
    ...(options.byFolder && { Delimiter: "/" }),
    ...(token?.kind === "versions" && { KeyMarker: token.key, VersionIdMarker: token.versionId }),
  });
  const versions = (output.Versions ?? []).map(
    (version): Entry => ({
      kind: "version",
      key: version.Key ?? "",
      sizeBytes: version.Size,
      modifiedAt: version.LastModified,
      etag: version.ETag,
      storageClass: version.StorageClass,
      versionId: version.VersionId,
      isLatest: version.IsLatest ?? false,
    }),
  );
  const markers = (output.DeleteMarkers ?? []).map(
    (marker): Entry => ({
      kind: "delete-marker",
      key: marker.Key ?? "",
      sizeBytes: undefined,
      modifiedAt: marker.LastModified,
      etag: undefined,
      storageClass: undefined,
      versionId: marker.VersionId,
      isLatest: marker.IsLatest ?? false,
    }),
  );
  const { NextKeyMarker: key, NextVersionIdMarker: versionId } = output;
  const isMore = output.IsTruncated === true && key !== undefined;
  return {
    entries: [...foldersIn(output.CommonPrefixes), ...newestFirst([...versions, ...markers])],
    next: isMore ? { kind: "versions", key, versionId } : undefined,
  };
}

function foldersIn(
  prefixes: readonly { readonly Prefix?: string | undefined }[] | undefined,
): readonly Entry[] {
  return (prefixes ?? []).map(({ Prefix = "" }) => ({
    kind: "folder",
    key: Prefix,
    sizeBytes: undefined,
    modifiedAt: undefined,
    etag: undefined,
    storageClass: undefined,
    versionId: undefined,
    isLatest: true,
  }));
}

/** By key, and within a key the latest first, as S3 orders versions. */
export function newestFirst(entries: readonly Entry[]): readonly Entry[] {
  const timeOf = (entry: Entry): number => entry.modifiedAt?.getTime() ?? 0;
  return [...entries].sort((a, b) => {
    if (a.key !== b.key) return a.key < b.key ? -1 : 1;
    if (a.isLatest !== b.isLatest) return a.isLatest ? -1 : 1;
    return timeOf(b) - timeOf(a);
  });
}
