import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("sets and replaces the boundary, by a policy that exists", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  const PermissionsBoundary = await iam.policy("limit");
  const aws = "arn:aws:iam::aws:policy/PowerUserAccess";
  await iam.run("PutUserPermissionsBoundary", { UserName: "jo", PermissionsBoundary: aws });
  await iam.run("PutUserPermissionsBoundary", { UserName: "jo", PermissionsBoundary });
  const { User } = await iam.run("GetUser", { UserName: "jo" });
  expect(User?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(PermissionsBoundary);
  const missing = "arn:aws:iam::aws:policy/NoSuchPolicy";
  const put = (arn: string): Promise<string> =>
    refusal(iam.run("PutUserPermissionsBoundary", { UserName: "jo", PermissionsBoundary: arn }));
  expect(await put(missing)).toMatch(/^NoSuchEntity/);
  expect(await put("nonsense-of-twenty-letters")).toBe(
    "InvalidInputException: ARN nonsense-of-twenty-letters is not valid.",
  );
});
