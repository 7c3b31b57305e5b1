import { expect, it } from "vitest";
import { codeOf, errorOf, TestS3 } from "../test-s3.ts";

it("GetObjectRetention answers until when a version is locked, and so does HeadObject", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket({ ObjectLockEnabledForBucket: true });
  const RetainUntilDate = new Date(s3.clock.now() + 60_000);
  const lock = { ObjectLockMode: "COMPLIANCE" as const, ObjectLockRetainUntilDate: RetainUntilDate };
  await s3.put("k", "content", { ...lock, ContentMD5: "mgNkuembtIDdJeHwKEyFVQ==" });
  const { Retention } = await s3.run("GetObjectRetention", { Bucket: "data", Key: "k" });
  expect(Retention).toEqual({ Mode: "COMPLIANCE", RetainUntilDate });
  expect(await s3.run("HeadObject", { Bucket: "data", Key: "k" })).toMatchObject(lock);
});

it("GetObjectRetention says that there is none", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket({ ObjectLockEnabledForBucket: true });
  await s3.put("k");
  await s3.bucket({ Bucket: "open" });
  await s3.put("k", "", { Bucket: "open" });
  const get = (input: object): Promise<object> =>
    s3.run("GetObjectRetention", { Bucket: "data", Key: "k", ...input });
  expect(await errorOf(get({}))).toMatchObject({ code: "NoSuchObjectLockConfiguration", status: 404 });
  expect(await codeOf(get({ Bucket: "open" }))).toBe("InvalidRequest");
  expect(await codeOf(get({ Key: "none" }))).toBe("NoSuchKey");
});
