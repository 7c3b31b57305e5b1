import { expect, it } from "vitest";
import { ServiceError } from "../../../core/errors.ts";
import type { Permission } from "../../../gateway/service.ts";
import { codeOf, TestS3 } from "../test-s3.ts";

it("DeleteObjects removes many at once, and says of each what became of it", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  await Promise.all(Array.from({ length: 30 }, (_, i) => s3.put(`k${i}`)));
  const Objects = Array.from({ length: 1000 }, (_, i) => ({ Key: `k${i}` }));
  const { Deleted, Errors } = await s3.run("DeleteObjects", { Bucket: "data", Delete: { Objects } });
  expect(Deleted).toEqual(Objects);
  expect(Errors).toBeUndefined();
  expect((await s3.run("ListObjectsV2", { Bucket: "data" })).KeyCount).toBe(0);
});

it("DeleteObjects answers failures key by key, and nothing else when it is to be quiet", async () => {
  await using s3 = await TestS3.start();
  await s3.versionedBucket();
  const { VersionId } = await s3.put("a");
  await s3.put("b");
  const Objects = [
    { Key: "a", VersionId },
    { Key: "b" },
    { Key: "b", ETag: "another" },
    { Key: "x".repeat(1025) },
    { Key: "c", VersionId: "../c" },
    { Key: "d", Size: 3 },
  ];
  const { Deleted, Errors } = await s3.run("DeleteObjects", { Bucket: "data", Delete: { Objects } });
  expect(Deleted?.[0]).toEqual({ Key: "a", VersionId });
  expect(Deleted?.[1]).toMatchObject({ Key: "b", DeleteMarker: true });
  expect(Deleted).toHaveLength(2);
  expect(Errors?.map(({ Key, Code }) => [Key?.slice(0, 1), Code])).toEqual([
    ["b", "PreconditionFailed"],
    ["x", "KeyTooLongError"],
    ["c", "InvalidArgument"],
    ["d", "NotImplemented"],
  ]);
  const quiet = await s3.run("DeleteObjects", {
    Bucket: "data",
    Delete: { Quiet: true, Objects: [{ Key: "b" }, { Key: "c", VersionId: "?" }] },
  });
  expect(quiet.Deleted).toBeUndefined();
  expect(quiet.Errors).toHaveLength(1);
});

it("DeleteObjects takes 1 to 1,000 keys", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  const remove = (count: number): Promise<unknown> =>
    s3.run("DeleteObjects", {
      Bucket: "data",
      Delete: { Objects: Array.from({ length: count }, (_, i) => ({ Key: String(i) })) },
    });
  expect(await codeOf(remove(0))).toBe("MalformedXML");
  expect(await codeOf(remove(1001))).toBe("MalformedXML");
});

it("DeleteObjects removes what the caller may remove, and refuses the rest", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket({ ObjectLockEnabledForBucket: true });
  const { VersionId: free } = await s3.put("free");
  const { VersionId: locked } = await s3.put("locked", "", {
    ContentMD5: "1B2M2Y8AsgTpgAmY7PhCfg==",
    ObjectLockMode: "GOVERNANCE",
    ObjectLockRetainUntilDate: new Date(s3.clock.now() + 86_400_000),
  });
  await s3.put("hidden");
  const asked: string[] = [];
  const require = ({ action, resources }: Permission): void => {
    asked.push(`${action} ${resources.join()}`);
    if (action === "s3:BypassGovernanceRetention" || resources.join().endsWith("/hidden"))
      throw new ServiceError("AccessDenied", `not ${action}`, { status: 403 });
  };
  const Objects = [
    { Key: "free", VersionId: free },
    { Key: "locked", VersionId: locked },
    { Key: "hidden" },
    { Key: "none", ETag: "x" },
  ];
  expect(s3.needs("DeleteObjects", { Bucket: "data", Delete: { Objects } })).toEqual([]);
  const answer = await s3.run(
    "DeleteObjects",
    { Bucket: "data", BypassGovernanceRetention: true, Delete: { Objects } },
    { require },
  );
  expect(asked).toEqual([
    "s3:DeleteObjectVersion arn:aws:s3:::data/free",
    "s3:DeleteObjectVersion arn:aws:s3:::data/locked",
    "s3:BypassGovernanceRetention arn:aws:s3:::data/locked",
    "s3:DeleteObject arn:aws:s3:::data/hidden",
    "s3:DeleteObject arn:aws:s3:::data/none",
    "s3:GetObject arn:aws:s3:::data/none",
  ]);
  expect(answer.Deleted?.map(({ Key }) => Key)).toEqual(["free"]);
  expect(answer.Errors).toEqual([
    {
      Key: "locked",
      VersionId: locked,
      Code: "AccessDenied",
      Message: "not s3:BypassGovernanceRetention",
    },
    { Key: "hidden", Code: "AccessDenied", Message: "not s3:DeleteObject" },
    expect.objectContaining({ Key: "none", Code: "PreconditionFailed" }),
  ]);
  expect(await s3.text("hidden")).toBe("content");
});
