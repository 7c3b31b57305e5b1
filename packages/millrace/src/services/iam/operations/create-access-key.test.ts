import { expect, it } from "vitest";
import { accountOfAccessKeyId } from "../../../core/access-key-id.ts";
import { openSecret } from "../access-keys.ts";
import { account, refusal, TestIam } from "../test-iam.ts";

it("shows the secret once and keeps it sealed", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  const { AccessKey } = await iam.run("CreateAccessKey", { UserName: "jo" });
  expect(AccessKey).toMatchObject({ UserName: "jo", Status: "Active" });
  expect(accountOfAccessKeyId(AccessKey?.AccessKeyId ?? "")).toBe(account);
  iam.restart();
  const kept = iam.state.account(account).keys.get(AccessKey?.AccessKeyId ?? "");
  expect(JSON.stringify(kept)).not.toContain(AccessKey?.SecretAccessKey);
  expect(kept && openSecret(iam.master, account, kept)).toBe(AccessKey?.SecretAccessKey);
});

it("makes two keys a user at most, for the caller where no user is named", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  const attempts = await Promise.allSettled(
    [1, 2, 3].map(() => iam.run("CreateAccessKey", {}, iam.as("jo"))),
  );
  expect(attempts.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
  expect(await refusal(iam.run("CreateAccessKey", { UserName: "jo" }))).toBe(
    "LimitExceededException: Cannot exceed quota for AccessKeysPerUser: 2",
  );
});

it("says that it has no keys for the root", async () => {
  await using iam = new TestIam();
  expect(await refusal(iam.run("CreateAccessKey", {}))).toMatch(/^NotImplemented/);
});
