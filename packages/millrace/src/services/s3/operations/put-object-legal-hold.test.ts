import { expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

it("PutObjectLegalHold locks a version until the hold is lifted", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket({ ObjectLockEnabledForBucket: true });
  const { VersionId } = await s3.put("k");
  const input = { Bucket: "data", Key: "k" };
  const hold = (Status: string): Promise<object> =>
    s3.run("PutObjectLegalHold", { ...input, LegalHold: { Status: Status as "ON" } });
  await hold("ON");
  expect(await s3.run("HeadObject", input)).toMatchObject({ ObjectLockLegalHoldStatus: "ON" });
  expect(await codeOf(s3.run("DeleteObject", { ...input, VersionId }))).toBe("AccessDenied");
  expect(await codeOf(hold("MAYBE"))).toBe("MalformedXML");
  await hold("OFF");
  await s3.run("DeleteObject", { ...input, VersionId });
  expect(await codeOf(hold("ON"))).toBe("NoSuchKey");
});

it("PutObjectLegalHold refuses buckets without object lock, and no document", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  await s3.put("k");
  const input = { Bucket: "data", Key: "k", LegalHold: { Status: "ON" as const } };
  expect(await codeOf(s3.run("PutObjectLegalHold", input))).toBe("InvalidRequest");
  await s3.bucket({ Bucket: "locked", ObjectLockEnabledForBucket: true });
  await s3.put("k", "", { Bucket: "locked" });
  expect(await codeOf(s3.run("PutObjectLegalHold", { Bucket: "locked", Key: "k" }))).toBe("MalformedXML");
});
