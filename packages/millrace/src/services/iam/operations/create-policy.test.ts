import { expect, it } from "vitest";
import { account, allow, refusal, TestIam } from "../test-iam.ts";

it("makes a policy with its first version", async () => {
  await using iam = new TestIam();
  const { Policy } = await iam.run("CreatePolicy", {
    PolicyName: "p",
    Path: "/x/",
    PolicyDocument: allow,
    Description: "d",
    Tags: [{ Key: "a", Value: "b" }],
  });
  expect(Policy).toEqual({
    PolicyName: "p",
    PolicyId: expect.stringMatching(/^ANPA[A-Z2-7]{17}$/),
    Arn: `arn:aws:iam::${account}:policy/x/p`,
    Path: "/x/",
    DefaultVersionId: "v1",
    AttachmentCount: 0,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    Description: "d",
    CreateDate: new Date(iam.clock.now()),
    UpdateDate: new Date(iam.clock.now()),
    Tags: [{ Key: "a", Value: "b" }],
  });
  iam.restart();
  expect((await iam.run("GetPolicy", { PolicyArn: Policy?.Arn })).Policy).toEqual(Policy);
});

it("refuses a name that is taken, a document that is none, and more than 6144 characters", async () => {
  await using iam = new TestIam();
  await iam.policy("p");
  const create = (PolicyName: string, PolicyDocument: string): Promise<string> =>
    refusal(iam.run("CreatePolicy", { PolicyName, PolicyDocument }));
  expect(await create("P", allow)).toBe(
    "EntityAlreadyExistsException: A policy called P already exists. Duplicate names are not allowed.",
  );
  expect(await create("q", '"x"')).toMatch(/^MalformedPolicyDocument/);
  expect(await create("q", allow.replace("kinesis:*", `kinesis:${"x".repeat(6_144)}`))).toBe(
    "LimitExceededException: Cannot exceed quota for PolicySize: 6144",
  );
});

it("answers MalformedPolicyDocument, whatever is sent", async () => {
  await using iam = new TestIam();
  // Damages a good policy at seeded places: what comes out is a policy or is refused, and never fails otherwise.
  let seed = 7;
  const next = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    return seed % below;
  };
  const pieces = [
    "{",
    "}",
    "[",
    "]",
    '"',
    ":",
    ",",
    "null",
    "1e999",
    "\\u0000",
    "*",
    "${",
    "Deny",
    "arn:",
    "true",
  ];
  let refused = 0;
  for (let i = 0; i < 500; i++) {
    let text = allow;
    for (let edits = 1 + next(3); edits > 0; edits--) {
      const at = next(text.length);
      text = text.slice(0, at) + (pieces[next(pieces.length)] ?? "") + text.slice(at + next(4));
    }
    const outcome = await iam.run("CreatePolicy", { PolicyName: `p${i}`, PolicyDocument: text }).then(
      () => "",
      (error: { code?: string }) => error.code ?? `${error}`,
    );
    if (outcome !== "") refused++;
    expect(["", "MalformedPolicyDocumentException"]).toContain(outcome);
  }
  expect(refused).toBeGreaterThan(300);
});
