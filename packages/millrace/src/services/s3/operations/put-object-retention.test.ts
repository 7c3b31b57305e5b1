import { expect, it } from "vitest";
import { codeOf, errorOf, TestS3 } from "../test-s3.ts";

const dayMs = 86_400_000;

async function locked(): Promise<{
  s3: TestS3;
  put: (retention: object, input?: object) => Promise<object>;
}> {
  const s3 = await TestS3.start();
  await s3.bucket({ ObjectLockEnabledForBucket: true });
  await s3.put("k");
  const put = (Retention: object, input: object = {}): Promise<object> =>
    s3.run("PutObjectRetention", { Bucket: "data", Key: "k", Retention, ...input });
  return { s3, put };
}

it("PutObjectRetention makes a retention longer, and GOVERNANCE shorter only by bypass", async () => {
  const { s3: opened, put } = await locked();
  await using s3 = opened;
  const at = (days: number): Date => new Date(s3.clock.now() + days * dayMs);
  const bypass = { BypassGovernanceRetention: true };
  await put({ Mode: "GOVERNANCE", RetainUntilDate: at(5) });
  await put({ Mode: "GOVERNANCE", RetainUntilDate: at(6) });
  const shorter = { Mode: "GOVERNANCE", RetainUntilDate: at(1) };
  expect(await errorOf(put(shorter))).toMatchObject({ code: "AccessDenied", status: 403 });
  expect(await codeOf(put({}))).toBe("AccessDenied");
  await put(shorter, bypass);
  await put({ Mode: "COMPLIANCE", RetainUntilDate: at(2) });
  expect(await codeOf(put(shorter, bypass))).toBe("AccessDenied");
  expect(await codeOf(put({}, bypass))).toBe("AccessDenied");
  await put({ Mode: "COMPLIANCE", RetainUntilDate: at(3) });
  s3.clock.advance(3 * dayMs);
  await put({});
  expect(await codeOf(s3.run("GetObjectRetention", { Bucket: "data", Key: "k" }))).toBe(
    "NoSuchObjectLockConfiguration",
  );
});

it("PutObjectRetention refuses documents and dates that say nothing", async () => {
  const { s3: opened, put } = await locked();
  await using s3 = opened;
  const until = new Date(s3.clock.now() + dayMs);
  expect(await codeOf(put({ Mode: "GOVERNANCE" }))).toBe("MalformedXML");
  expect(await codeOf(put({ RetainUntilDate: until }))).toBe("MalformedXML");
  expect(await codeOf(put({ Mode: "GOVERNANCE", RetainUntilDate: new Date(s3.clock.now()) }))).toBe(
    "InvalidArgument",
  );
  expect(await codeOf(s3.run("PutObjectRetention", { Bucket: "data", Key: "k" }))).toBe("MalformedXML");
  await s3.bucket({ Bucket: "open" });
  await s3.put("k", "", { Bucket: "open" });
  const inOpen = put({ Mode: "GOVERNANCE", RetainUntilDate: until }, { Bucket: "open" });
  expect(await codeOf(inOpen)).toBe("InvalidRequest");
});

it("PutObjectRetention needs s3:BypassGovernanceRetention where there is something to bypass", async () => {
  const { s3: opened, put } = await locked();
  await using s3 = opened;
  const input = { Bucket: "data", Key: "k", BypassGovernanceRetention: true };
  const plain = ["s3:PutObjectRetention arn:aws:s3:::data/k"];
  expect(s3.needs("PutObjectRetention", input)).toEqual(plain);
  await put({ Mode: "GOVERNANCE", RetainUntilDate: new Date(s3.clock.now() + dayMs) });
  expect(s3.needs("PutObjectRetention", input)).toEqual([
    ...plain,
    "s3:BypassGovernanceRetention arn:aws:s3:::data/k",
  ]);
});
