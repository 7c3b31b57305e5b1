import { readdir } from "node:fs/promises";
import {
  AbortMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  ListPartsCommand,
  NoSuchKey,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import { expect } from "vitest";
import { digestOf, type Held, type Ledger } from "./ledger.ts";
import { plain, versioned } from "./load.ts";

async function heldBy(client: S3Client, Bucket: string, Key: string, VersionId?: string): Promise<Held> {
  try {
    const command = new GetObjectCommand({ Bucket, Key, ...(VersionId === undefined ? {} : { VersionId }) });
    const { Body, ETag } = await client.send(command);
    return { digest: digestOf((await Body?.transformToByteArray()) ?? Buffer.alloc(0)), etag: ETag };
  } catch (error) {
    if (error instanceof NoSuchKey) return null;
    throw error;
  }
}

/** Each key has what was acknowledged last, or else what was begun after that, whole. */
export async function verifyKeys(client: S3Client, ledger: Ledger): Promise<void> {
  for (const [key, { acknowledged, begun }] of ledger.current) {
    const held = await heldBy(client, plain, key);
    const isAcknowledged = held?.digest === acknowledged?.digest;
    if (isAcknowledged && acknowledged?.etag !== undefined) expect(held?.etag).toBe(acknowledged.etag);
    if (!isAcknowledged) {
      expect(begun, `${key} has changed by itself`).toBeDefined();
      expect(held?.digest, `${key} is neither what was acknowledged nor what was begun`).toBe(begun?.digest);
    }
    ledger.current.set(key, { acknowledged: held });
  }
}

/** @returns how many objects are listed, each of them as its head says. */
export async function verifyListing(client: S3Client, ledger: Ledger): Promise<number> {
  const listed: string[] = [];
  for await (const page of paginateListObjectsV2({ client, pageSize: 4 }, { Bucket: plain })) {
    for (const { Key = "", ETag, Size } of page.Contents ?? []) {
      listed.push(Key);
      const head = await client.send(new HeadObjectCommand({ Bucket: plain, Key }));
      expect({ ETag: head.ETag, Size: head.ContentLength }, Key).toEqual({ ETag, Size });
    }
  }
  const held = [...ledger.current].flatMap(([key, { acknowledged }]) => (acknowledged === null ? [] : [key]));
  expect(listed.toSorted()).toEqual(held.toSorted());
  return listed.length;
}

async function* versionPages(client: S3Client): AsyncGenerator<ListObjectVersionsCommandOutput> {
  let page: ListObjectVersionsCommandOutput | undefined;
  do {
    const after = { KeyMarker: page?.NextKeyMarker, VersionIdMarker: page?.NextVersionIdMarker };
    page = await client.send(new ListObjectVersionsCommand({ Bucket: versioned, MaxKeys: 7, ...after }));
    yield page;
  } while (page.IsTruncated === true);
}

/** Each version that was acknowledged is there, each that was removed is not. @returns how many there are. */
export async function verifyVersions(client: S3Client, ledger: Ledger): Promise<number> {
  const listed = new Set<string>();
  const markers = new Set<string>();
  for await (const page of versionPages(client)) {
    for (const { VersionId = "" } of page.DeleteMarkers ?? []) markers.add(VersionId);
    for (const { Key = "", VersionId = "" } of page.Versions ?? []) {
      listed.add(VersionId);
      expect(ledger.removed, `${Key} ${VersionId} came back`).not.toContain(VersionId);
      const held = await heldBy(client, versioned, Key, VersionId);
      const promised = ledger.versions.get(VersionId);
      if (promised !== undefined) expect({ key: Key, digest: held?.digest }).toEqual(promised);
      else expect(ledger.begunVersions).toContain(held?.digest);
      ledger.versions.set(VersionId, { key: Key, digest: held?.digest ?? "" });
    }
  }
  for (const marker of ledger.markers) expect(markers, "a delete marker is gone").toContain(marker);
  for (const id of ledger.versions.keys()) {
    if (listed.has(id)) continue;
    expect(ledger.begunRemovals, "a version is gone").toContain(id);
    ledger.versions.delete(id);
  }
  return listed.size;
}

/** Acknowledged parts of open uploads are listed. Aborts all uploads. @returns how many parts there were. */
export async function verifyUploads(client: S3Client, ledger: Ledger): Promise<number> {
  let seen = 0;
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: plain }));
  const open = new Set(Uploads.map(({ UploadId }) => UploadId ?? ""));
  for (const id of ledger.parts.keys())
    if (!ledger.endedUploads.has(id)) expect(open, "an upload is gone").toContain(id);
  for (const { Key, UploadId = "" } of Uploads) {
    const upload = { Bucket: plain, Key, UploadId };
    const { Parts = [] } = await client.send(new ListPartsCommand(upload));
    const etags = new Map(Parts.map(({ PartNumber, ETag }) => [PartNumber, ETag]));
    for (const [number, etag] of ledger.parts.get(UploadId) ?? []) {
      expect(etags.get(number)).toBe(etag);
      seen += 1;
    }
    await client.send(new AbortMultipartUploadCommand(upload));
  }
  ledger.parts.clear();
  return seen;
}

/** How many files hold bytes of objects. */
export async function blobsIn(dataFolder: string): Promise<number> {
  const entries = await readdir(`${dataFolder}/objects/blobs`, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}
