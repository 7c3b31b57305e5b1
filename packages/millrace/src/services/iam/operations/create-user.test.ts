import { expect, it } from "vitest";
import { account, refusal, TestIam } from "../test-iam.ts";

it("makes a user with path, tags and boundary, and finds it again after a restart", async () => {
  await using iam = new TestIam();
  const boundary = await iam.policy("limit");
  const { User } = await iam.run("CreateUser", {
    UserName: "Jo",
    Path: "/team/",
    PermissionsBoundary: boundary,
    Tags: [{ Key: "unit", Value: "a" }],
  });
  expect(User).toEqual({
    Path: "/team/",
    UserName: "Jo",
    UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
    Arn: `arn:aws:iam::${account}:user/team/Jo`,
    CreateDate: new Date(iam.clock.now()),
    PermissionsBoundary: {
      PermissionsBoundaryType: "PermissionsBoundaryPolicy",
      PermissionsBoundaryArn: boundary,
    },
    Tags: [{ Key: "unit", Value: "a" }],
  });
  iam.restart();
  expect((await iam.run("GetUser", { UserName: "jo" })).User).toEqual(User);
});

it("refuses a name that is taken but for its case, and a boundary that does not exist", async () => {
  await using iam = new TestIam();
  await iam.user("Jo");
  expect(await refusal(iam.run("CreateUser", { UserName: "jO" }))).toBe(
    "EntityAlreadyExistsException: User with name jO already exists.",
  );
  const missing = `arn:aws:iam::${account}:policy/none`;
  expect(await refusal(iam.run("CreateUser", { UserName: "bo", PermissionsBoundary: missing }))).toBe(
    `NoSuchEntityException: Policy ${missing} does not exist or is not attachable.`,
  );
});

it("lets one of several callers have a name, and each account its own users", async () => {
  await using iam = new TestIam();
  const attempts = await Promise.allSettled([1, 2, 3].map(() => iam.run("CreateUser", { UserName: "jo" })));
  expect(attempts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await iam.run("CreateUser", { UserName: "jo" }, { account: "111111111111" });
});

it("refuses tags beyond 50, reserved ones, and keys that are given twice", async () => {
  await using iam = new TestIam();
  const create = (...Tags: { Key: string; Value: string }[]): Promise<string> =>
    refusal(iam.run("CreateUser", { UserName: "jo", Tags }));
  const many = Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: "" }));
  expect(await create(...many)).toMatch(/^LimitExceededException/);
  expect(await create({ Key: "AWS:x", Value: "" })).toMatch(/^InvalidInputException/);
  expect(await create({ Key: "a", Value: "" }, { Key: "A", Value: "" })).toMatch(
    /^InvalidInputException: Dup/,
  );
});

it("asks for permission on the new user's ARN, with the boundary as a condition", async () => {
  await using iam = new TestIam();
  expect(
    iam.permissions("CreateUser", { UserName: "jo", Path: "/a/", PermissionsBoundary: "b" }),
  ).toMatchObject([
    {
      action: "iam:CreateUser",
      resources: [`arn:aws:iam::${account}:user/a/jo`],
      context: { "iam:PermissionsBoundary": "b" },
    },
  ]);
});
