import { describe, expect, it } from "vitest";
import { codeOf, errorOf, TestS3 } from "../test-s3.ts";

describe("DeleteObject", () => {
  it("removes an object, and is content when there is none", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    await s3.put("k");
    expect(await s3.run("DeleteObject", { Bucket: "data", Key: "k" })).toEqual({});
    expect(await codeOf(s3.text("k"))).toBe("NoSuchKey");
    expect(await s3.run("DeleteObject", { Bucket: "data", Key: "k" })).toEqual({});
    expect(await codeOf(s3.run("DeleteObject", { Bucket: "none", Key: "k" }))).toBe("NoSuchBucket");
  });

  it("hides an object that has versions, and shows it again when the marker goes", async () => {
    await using s3 = await TestS3.start();
    await s3.versionedBucket();
    await s3.put("k", "one");
    const marker = await s3.run("DeleteObject", { Bucket: "data", Key: "k" });
    expect(marker.DeleteMarker).toBe(true);
    expect(await codeOf(s3.text("k"))).toBe("NoSuchKey");
    const { VersionId } = marker;
    const gone = await s3.run("DeleteObject", { Bucket: "data", Key: "k", VersionId });
    expect(gone).toEqual({ VersionId, DeleteMarker: true });
    expect(await s3.text("k")).toBe("one");
  });

  it("removes only what If-Match names", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    const { ETag } = await s3.put("k");
    const remove = (IfMatch: string | undefined): Promise<unknown> =>
      s3.run("DeleteObject", { Bucket: "data", Key: "k", IfMatch });
    expect(await errorOf(remove("x"))).toMatchObject({ code: "PreconditionFailed", status: 412 });
    await remove(ETag);
    expect(await codeOf(remove("*"))).toBe("PreconditionFailed");
  });

  it("refuses conditions that it does not check", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    await s3.put("k");
    const input = { Bucket: "data", Key: "k" };
    expect(await codeOf(s3.run("DeleteObject", { ...input, IfMatchSize: 7 }))).toBe("NotImplemented");
    const IfMatchLastModifiedTime = new Date(0);
    expect(await codeOf(s3.run("DeleteObject", { ...input, IfMatchLastModifiedTime }))).toBe(
      "NotImplemented",
    );
    expect(await codeOf(s3.run("DeleteObject", { ...input, VersionId: "" }))).toBe("InvalidArgument");
    expect(await s3.text("k")).toBe("content");
  });

  it("removes no version that is locked, but hides it", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket({ ObjectLockEnabledForBucket: true });
    const until = new Date(s3.clock.now() + 60_000);
    const digest = { ContentMD5: "mgNkuembtIDdJeHwKEyFVQ==" };
    const put = async (
      Key: string,
      lock: object,
    ): Promise<{ Bucket: string; Key: string; VersionId: string }> => {
      const { VersionId = "" } = await s3.put(Key, "content", { ...digest, ...lock });
      return { Bucket: "data", Key, VersionId };
    };
    const governed = await put("governed", {
      ObjectLockMode: "GOVERNANCE",
      ObjectLockRetainUntilDate: until,
    });
    const complied = await put("complied", {
      ObjectLockMode: "COMPLIANCE",
      ObjectLockRetainUntilDate: until,
    });
    const held = await put("held", { ObjectLockLegalHoldStatus: "ON" });
    for (const input of [governed, complied, held])
      expect(await errorOf(s3.run("DeleteObject", input))).toMatchObject({
        code: "AccessDenied",
        status: 403,
      });
    const bypass = { BypassGovernanceRetention: true };
    expect(await codeOf(s3.run("DeleteObject", { ...complied, ...bypass }))).toBe("AccessDenied");
    expect(await codeOf(s3.run("DeleteObject", { ...held, ...bypass }))).toBe("AccessDenied");
    expect(s3.needs("DeleteObject", { ...governed, ...bypass })).toEqual([
      "s3:DeleteObjectVersion arn:aws:s3:::data/governed",
      "s3:BypassGovernanceRetention arn:aws:s3:::data/governed",
    ]);
    await s3.run("DeleteObject", { ...governed, ...bypass });
    await s3.run("DeleteObject", { Bucket: "data", Key: "complied" });
    s3.clock.advance(60_000);
    await s3.run("DeleteObject", complied);
  });
});
