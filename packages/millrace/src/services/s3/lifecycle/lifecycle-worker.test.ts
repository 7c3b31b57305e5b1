import type { LifecycleRule } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { TestS3 } from "../test-s3.ts";

const dayMs = 86_400_000;
const rule = (changes: Partial<LifecycleRule>): LifecycleRule => ({
  ID: "r",
  Status: "Enabled",
  Filter: {},
  ...changes,
});

/** Puts a lifecycle on the bucket `data` and lets it work. */
async function follow(s3: TestS3, changes: Partial<LifecycleRule>): Promise<void> {
  const LifecycleConfiguration = { Rules: [rule(changes)] };
  await s3.run("PutBucketLifecycleConfiguration", { Bucket: "data", LifecycleConfiguration });
  await pass(s3, 2_000);
}

async function pass(s3: TestS3, ms: number): Promise<void> {
  s3.clock.advance(ms);
  await s3.state.lifecycle.idle();
}

/** The versions of a bucket, newest first, a delete marker as "-". */
async function versions(s3: TestS3, Key: string = "k"): Promise<string[]> {
  const { items } = s3.objects.listVersions("data", { prefix: Key, limit: 1_000 });
  return items.map((version) => (version.isDeleteMarker ? "-" : version.etag.slice(0, 4)));
}

async function versioned(s3: TestS3): Promise<string> {
  const Bucket = await s3.bucket();
  await s3.run("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } });
  return Bucket;
}

describe("a lifecycle", () => {
  it("takes objects in time, at midnight", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    s3.clock.advance(10 * 3_600_000);
    await s3.run("PutObject", { Bucket, Key: "k", Body: "x" });
    await follow(s3, { Expiration: { Days: 2 } });
    const { Expiration } = await s3.run("HeadObject", { Bucket, Key: "k" });
    expect(Expiration).toBe('expiry-date="Sun, 04 Jan 2026 00:00:00 GMT", rule-id="r"');
    await pass(s3, 2 * dayMs);
    expect(await versions(s3)).toHaveLength(1);
    await pass(s3, dayMs);
    expect(await versions(s3)).toEqual([]);
  });

  it("leaves a marker where there are versions, and takes it when nothing is left", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await versioned(s3);
    await s3.run("PutObject", { Bucket, Key: "k", Body: "x" });
    await pass(s3, 3 * dayMs);
    await follow(s3, { Expiration: { Days: 1 }, NoncurrentVersionExpiration: { NoncurrentDays: 2 } });
    expect(await versions(s3)).toEqual(["-", "9dd4"]);
    await pass(s3, 3 * dayMs);
    expect(await versions(s3)).toEqual(["-"]);
    await pass(s3, dayMs);
    expect(await versions(s3)).toEqual([]);
  });

  it("keeps the newest noncurrent versions", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await versioned(s3);
    for (const Body of ["1", "2", "3", "4", "5"]) {
      await s3.run("PutObject", { Bucket, Key: "k", Body });
      s3.clock.advance(1);
    }
    const before = await versions(s3);
    await pass(s3, 3 * dayMs);
    await follow(s3, { NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 2 } });
    expect(await versions(s3)).toEqual(before.slice(0, 3));
  });

  it("moves objects to other classes", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutObject", { Bucket, Key: "k", Body: "x", Metadata: { a: "1" }, Tagging: "t=1" });
    const Filter = { And: { Tags: [{ Key: "t", Value: "1" }], ObjectSizeGreaterThan: 0 } };
    await follow(s3, { Filter, Transitions: [{ Days: 1, StorageClass: "GLACIER_IR" }] });
    await pass(s3, 2 * dayMs);
    const head = await s3.run("HeadObject", { Bucket, Key: "k" });
    expect(head).toMatchObject({ StorageClass: "GLACIER_IR", Metadata: { a: "1" }, TagCount: 1 });
  });

  it("does not touch what is locked", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket({ ObjectLockEnabledForBucket: true });
    const until = new Date(s3.clock.now() + 9 * dayMs);
    await s3.run("PutObject", { Bucket, Key: "k", Body: "y" });
    await s3.run("PutObject", {
      Bucket,
      Key: "k",
      Body: "x",
      ContentMD5: "ndTkYSaMgDT1yFZOFVxnpg==",
      ObjectLockMode: "COMPLIANCE",
      ObjectLockRetainUntilDate: until,
    });
    await s3.run("PutObject", { Bucket, Key: "k", Body: "z" });
    await follow(s3, { NoncurrentVersionExpiration: { NoncurrentDays: 1 } });
    await pass(s3, 3 * dayMs);
    expect(await versions(s3)).toHaveLength(2);
    await pass(s3, 9 * dayMs);
    expect(await versions(s3)).toHaveLength(1);
  });

  it("aborts uploads that nobody finishes", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("CreateMultipartUpload", { Bucket, Key: "old/a" });
    await s3.run("CreateMultipartUpload", { Bucket, Key: "kept/b" });
    await follow(s3, {
      Filter: { Prefix: "old/" },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 },
    });
    await pass(s3, 2 * dayMs);
    expect((await s3.run("ListMultipartUploads", { Bucket })).Uploads).toHaveLength(2);
    await pass(s3, 2 * dayMs);
    const { Uploads } = await s3.run("ListMultipartUploads", { Bucket });
    expect(Uploads?.map(({ Key }) => Key)).toEqual(["kept/b"]);
  });

  it("walks through more versions than fit in memory at once", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    for (let i = 0; i < 1_050; i++) await s3.run("PutObject", { Bucket, Key: `k${i % 2}/${i}`, Body: "" });
    await follow(s3, { Filter: { Prefix: "k1/" }, Expiration: { Date: new Date(0) } });
    expect(await versions(s3)).toHaveLength(525);
  });

  it("does nothing that is switched off, or for a bucket without one", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutObject", { Bucket, Key: "k", Body: "x" });
    await follow(s3, { Status: "Disabled", Expiration: { Date: new Date(0) } });
    expect(await versions(s3)).toHaveLength(1);
    await follow(s3, { Filter: { Prefix: "other" }, Expiration: { Date: new Date(0) } });
    await s3.run("DeleteBucketLifecycle", { Bucket });
    await pass(s3, 9 * dayMs);
    expect(await versions(s3)).toHaveLength(1);
  });

  it("goes on with other buckets when one is removed meanwhile", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const gone = await s3.bucket({ Bucket: "aaa" });
    await s3.run("PutObject", { Bucket, Key: "k", Body: "x" });
    const LifecycleConfiguration = { Rules: [rule({ Expiration: { Date: new Date(0) } })] };
    await s3.run("PutBucketLifecycleConfiguration", { Bucket: gone, LifecycleConfiguration });
    await s3.run("PutBucketLifecycleConfiguration", { Bucket, LifecycleConfiguration });
    s3.clock.advance(2_000);
    await s3.run("DeleteBucket", { Bucket: gone });
    await s3.state.lifecycle.idle();
    expect(await versions(s3)).toEqual([]);
    expect(s3.logged).toEqual([]);
  });

  it("ends with its service", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutObject", { Bucket, Key: "k", Body: "x" });
    const LifecycleConfiguration = { Rules: [rule({ Expiration: { Date: new Date(0) } })] };
    await s3.run("PutBucketLifecycleConfiguration", { Bucket, LifecycleConfiguration });
    await s3.state.lifecycle.close();
    await pass(s3, 9 * dayMs);
    expect(await versions(s3)).toHaveLength(1);
  });
});
