import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("keeps the policy as it was sent, and replaces it", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  const spaced = ` ${allow} `;
  await iam.run("PutUserPolicy", { UserName: "jo", PolicyName: "p", PolicyDocument: allow });
  await iam.run("PutUserPolicy", { UserName: "jo", PolicyName: "p", PolicyDocument: spaced });
  iam.restart();
  const { PolicyDocument } = await iam.run("GetUserPolicy", { UserName: "jo", PolicyName: "p" });
  expect(decodeURIComponent(PolicyDocument ?? "")).toBe(spaced);
});

it.each([
  ["no JSON", "{"],
  ["no object", "[]"],
  ["no statement", '{"Version":"2012-10-17"}'],
  ["another version", '{"Version":"2020-01-01","Statement":[]}'],
  ["a principal", '{"Statement":{"Effect":"Allow","Action":"a:b","Resource":"*","Principal":"*"}}'],
  ["no resource", '{"Statement":{"Effect":"Allow","Action":"a:b"}}'],
  ["no effect", '{"Statement":{"Action":"a:b","Resource":"*"}}'],
  ["an action without a service", '{"Statement":{"Effect":"Allow","Action":"b","Resource":"*"}}'],
  ["a resource that is no ARN", '{"Statement":{"Effect":"Allow","Action":"a:b","Resource":"x"}}'],
  [
    "an unknown operator",
    '{"Statement":{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"Is":{"a":"b"}}}}',
  ],
])("refuses a policy with %s", async (_, PolicyDocument) => {
  await using iam = new TestIam();
  await iam.user("jo");
  const put = iam.run("PutUserPolicy", { UserName: "jo", PolicyName: "p", PolicyDocument });
  expect(await refusal(put)).toMatch(/^MalformedPolicyDocumentException: ./);
});

it("counts all inline policies of the user, without white space, against 2048 characters", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  const put = (PolicyName: string, document: string): Promise<unknown> =>
    iam.run("PutUserPolicy", { UserName: "jo", PolicyName, PolicyDocument: document });
  const long = allow.replace("kinesis:*", `kinesis:${"x".repeat(1_000)}`);
  await put("a", long);
  await put("b", allow + " ".repeat(5_000));
  expect(await refusal(put("c", long))).toBe(
    "LimitExceededException: Maximum policy size of 2048 bytes exceeded for user jo",
  );
});

it("refuses a user that is not there", async () => {
  await using iam = new TestIam();
  const put = iam.run("PutUserPolicy", { UserName: "no", PolicyName: "p", PolicyDocument: allow });
  expect(await refusal(put)).toMatch(/^NoSuchEntity/);
});
