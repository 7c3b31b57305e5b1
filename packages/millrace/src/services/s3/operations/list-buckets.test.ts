import { expect, it } from "vitest";
import { codeOf, otherAccount, TestS3 } from "../test-s3.ts";

async function withBuckets(): Promise<TestS3> {
  const s3 = await TestS3.start();
  for (const Bucket of ["beta", "alpha", "alpha.two"]) await s3.bucket({ Bucket });
  await s3.bucket({ Bucket: "europe", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } });
  await s3.bucket({ Bucket: "others" }, { account: otherAccount });
  return s3;
}

it("ListBuckets answers the caller's buckets by name", async () => {
  await using s3 = await withBuckets();
  const { Buckets, Owner, ContinuationToken } = await s3.run("ListBuckets", {});
  expect(Buckets?.map(({ Name }) => Name)).toEqual(["alpha", "alpha.two", "beta", "europe"]);
  expect(Buckets?.[0]).toEqual({ Name: "alpha", CreationDate: new Date(s3.clock.now()) });
  expect(Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
  expect(ContinuationToken).toBeUndefined();
});

it("ListBuckets filters by prefix and region, and then tells the region", async () => {
  await using s3 = await withBuckets();
  expect((await s3.run("ListBuckets", { Prefix: "alpha" })).Buckets).toHaveLength(2);
  const { Buckets } = await s3.run("ListBuckets", { BucketRegion: "eu-west-1" });
  expect(Buckets).toMatchObject([{ Name: "europe", BucketRegion: "eu-west-1" }]);
});

it("ListBuckets pages, with tokens that nobody else can use", async () => {
  await using s3 = await withBuckets();
  const first = await s3.run("ListBuckets", { MaxBuckets: 3 });
  expect(first.Buckets).toHaveLength(3);
  const { ContinuationToken } = first;
  const second = await s3.run("ListBuckets", { MaxBuckets: 3, ContinuationToken });
  expect(second.Buckets?.map(({ Name }) => Name)).toEqual(["europe"]);
  expect(second.ContinuationToken).toBeUndefined();
  const stolen = s3.run("ListBuckets", { ContinuationToken }, { account: otherAccount });
  expect(await codeOf(stolen)).toBe("InvalidArgument");
  for (const MaxBuckets of [0, 10_001, -1])
    expect(await codeOf(s3.run("ListBuckets", { MaxBuckets }))).toBe("InvalidArgument");
});
