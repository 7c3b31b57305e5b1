import { describe, expect, it } from "vitest";
import { codeOf, errorOf, otherAccount, TestS3 } from "../test-s3.ts";

describe("CreateBucket", () => {
  it("makes a bucket of the caller in the endpoint's region", async () => {
    await using s3 = await TestS3.start();
    const answer = await s3.run("CreateBucket", { Bucket: "data" });
    expect(answer).toEqual({ Location: "/data", BucketArn: "arn:aws:s3:::data" });
    expect(s3.objects.bucket("data")).toMatchObject({
      account: "000000000000",
      region: "us-east-1",
      createdAtMs: s3.clock.now(),
      versioning: "off",
      objectLock: false,
    });
  });

  it.each([
    ["us-east-1", "eu-west-1", "eu-west-1"],
    ["us-east-1", "EU", "eu-west-1"],
    ["US", "eu-west-1", "eu-west-1"],
    ["eu-west-1", "eu-west-1", "eu-west-1"],
    ["eu-west-1", "EU", "eu-west-1"],
  ] as const)("at %s with constraint %s makes it in %s", async (region, LocationConstraint, expected) => {
    await using s3 = await TestS3.start();
    await s3.run(
      "CreateBucket",
      { Bucket: "data", CreateBucketConfiguration: { LocationConstraint } },
      { region },
    );
    expect(s3.objects.bucket("data")?.region).toBe(expected);
  });

  it("takes the old word for us-east-1, with which s3cmd signs", async () => {
    await using s3 = await TestS3.start();
    await s3.run("CreateBucket", { Bucket: "data" }, { region: "US" });
    expect(s3.objects.bucket("data")?.region).toBe("us-east-1");
  });

  it.each([
    ["us-east-1", "us-east-1", "InvalidLocationConstraint"],
    ["us-east-1", "mars", "InvalidLocationConstraint"],
    ["eu-west-1", "us-west-2", "IllegalLocationConstraintException"],
    ["eu-west-1", undefined, "IllegalLocationConstraintException"],
  ])("at %s refuses constraint %s: %s", async (region, constraint, code) => {
    await using s3 = await TestS3.start();
    const configuration =
      constraint === undefined
        ? {}
        : { CreateBucketConfiguration: { LocationConstraint: constraint as never } };
    expect(await codeOf(s3.run("CreateBucket", { Bucket: "data", ...configuration }, { region }))).toBe(code);
    expect(s3.objects.bucket("data")).toBeUndefined();
  });

  it("locks objects only in buckets with versions", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket({ ObjectLockEnabledForBucket: true });
    expect(s3.objects.bucket("data")).toMatchObject({ objectLock: true, versioning: "enabled" });
  });

  it("lets an owner repeat it in us-east-1 and nowhere else", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    await s3.put("k", "kept");
    await s3.bucket();
    expect(await s3.text("k")).toBe("kept");
    const inEurope = { CreateBucketConfiguration: { LocationConstraint: "eu-west-1" as const } };
    await s3.bucket({ Bucket: "europe", ...inEurope });
    const again = await errorOf(s3.bucket({ Bucket: "europe", ...inEurope }));
    expect(again).toMatchObject({ code: "BucketAlreadyOwnedByYou", status: 409 });
    const others = await errorOf(s3.bucket({}, { account: otherAccount }));
    expect(others).toMatchObject({
      code: "BucketAlreadyExists",
      status: 409,
      members: { BucketName: "data" },
    });
  });

  it("lets one of many accounts win", async () => {
    await using s3 = await TestS3.start();
    const accounts = Array.from({ length: 8 }, (_, i) => String(i).repeat(12));
    const outcomes = await Promise.allSettled(accounts.map((account) => s3.bucket({}, { account })));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const codes = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason.code] : []));
    expect(new Set(codes)).toEqual(new Set(["BucketAlreadyExists"]));
  });

  it("keeps the tags that a bucket begins with", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket({ CreateBucketConfiguration: { Tags: [{ Key: "team", Value: "data" }] } });
    expect(s3.objects.bucket("data")?.settings["tags"]).toEqual({ team: "data" });
    const aws = { CreateBucketConfiguration: { Tags: [{ Key: "aws:x", Value: "" }] } };
    expect(await codeOf(s3.bucket({ Bucket: "other", ...aws }))).toBe("InvalidTag");
  });

  it("needs more than s3:CreateBucket for what is said along with it, and never another account's leave", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    const all = s3.permissions(
      "CreateBucket",
      {
        Bucket: "data",
        ACL: "private",
        ObjectLockEnabledForBucket: true,
        ObjectOwnership: "ObjectWriter",
        CreateBucketConfiguration: { Tags: [{ Key: "a", Value: "" }] },
      },
      { account: otherAccount },
    );
    expect(all.map(({ action }) => action)).toEqual([
      "s3:CreateBucket",
      "s3:PutBucketAcl",
      "s3:PutBucketObjectLockConfiguration",
      "s3:PutBucketVersioning",
      "s3:PutBucketOwnershipControls",
      "s3:TagResource",
    ]);
    for (const { resourceAccount, resources } of all) {
      expect(resourceAccount).toBeUndefined();
      expect(resources).toEqual(["arn:aws:s3:::data"]);
    }
  });

  it("refuses names and kinds that it does not have", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.bucket({ Bucket: "../up" }))).toBe("InvalidBucketName");
    const directory = { CreateBucketConfiguration: { Bucket: { Type: "Directory" as const } } };
    expect(await codeOf(s3.bucket(directory))).toBe("NotImplemented");
    expect(await codeOf(s3.bucket({ BucketNamespace: "account-regional" }))).toBe("NotImplemented");
    expect(s3.objects.buckets()).toEqual([]);
  });
});
