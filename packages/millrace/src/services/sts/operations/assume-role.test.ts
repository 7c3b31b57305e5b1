import { describe, expect, it } from "vitest";
import type { Principal } from "../../../gateway/call.ts";
import { account, refusal, TestSts } from "../test-sts.ts";

const session = { RoleSessionName: "one" };
const inline = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';

describe("AssumeRole", () => {
  it("issues credentials for a session of the role", async () => {
    const sts = new TestSts();
    const RoleArn = sts.role("app");
    expect(await sts.run("AssumeRole", { RoleArn, ...session })).toEqual({
      Credentials: {
        AccessKeyId: "ASIA1",
        SecretAccessKey: "secret",
        SessionToken: "token 1",
        Expiration: new Date(sts.clock.now() + 3_600_000),
      },
      AssumedRoleUser: {
        AssumedRoleId: "AROATESTTESTTESTTESTT:one",
        Arn: `arn:aws:sts::${account}:assumed-role/app/one`,
      },
    });
    expect(sts.issued[0]?.principal).toEqual({
      arn: `arn:aws:sts::${account}:assumed-role/app/one`,
      account,
      kind: "role",
      userId: "AROATESTTESTTESTTESTT:one",
      roleArn: RoleArn,
      session: { issuedAtMs: sts.clock.now(), tags: {}, transitiveTagKeys: [] },
    });
  });

  it("keeps to the role's longest session, and to an hour in a chain of roles", async () => {
    const sts = new TestSts();
    const RoleArn = sts.role("app");
    const assume = (DurationSeconds: number, principal?: Principal): Promise<unknown> =>
      sts.run("AssumeRole", { RoleArn, ...session, DurationSeconds }, principal && { principal });
    await assume(7_200);
    expect(sts.issued[0]?.lifeMs).toBe(7_200_000);
    expect(await refusal(assume(7_201))).toMatch(/^ValidationError: .*MaxSessionDuration/);
    const chained = { arn: "arn:x", account, accessKeyId: "ASIA", kind: "role" as const };
    await assume(3_600, chained);
    expect(await refusal(assume(3_601, chained))).toMatch(/^ValidationError: .*role chaining/);
  });

  it("carries session policies, and says how much room they take", async () => {
    const sts = new TestSts();
    const RoleArn = sts.role("app");
    const PolicyArns = [{ arn: "arn:aws:iam::aws:policy/known" }];
    const answer = await sts.run("AssumeRole", { RoleArn, ...session, Policy: inline, PolicyArns });
    expect(answer.PackedPolicySize).toBeGreaterThan(0);
    expect(sts.issued[0]?.principal.session).toMatchObject({
      policies: [inline],
      policyArns: ["arn:aws:iam::aws:policy/known"],
    });
  });

  it("refuses session policies that are none, too many or too large", async () => {
    const sts = new TestSts();
    const RoleArn = sts.role("app");
    const refused = (more: object): Promise<string> =>
      refusal(sts.run("AssumeRole", { RoleArn, ...session, ...more }));
    const arn = "arn:aws:iam::aws:policy/known";
    expect(await refused({ Policy: "{" })).toMatch(/^MalformedPolicyDocumentException/);
    expect(await refused({ Policy: inline.replace('"Effect"', '"Principal":"*","Effect"') })).toMatch(
      /^Malformed/,
    );
    expect(await refused({ PolicyArns: [{ arn: "arn:aws:iam::aws:policy/unknown" }] })).toMatch(/^Malformed/);
    expect(await refused({ PolicyArns: Array(11).fill({ arn }) })).toMatch(/^ValidationError/);
    // What does not repeat itself cannot be packed.
    const noise = Array.from({ length: 900 }, (_, i) => `arn:aws:s3:::${(i * 2_654_435_761) >>> 0}`);
    const Resource = JSON.stringify(noise);
    expect(await refused({ Policy: inline.replace('"*"', Resource) })).toMatch(/^PackedPolicyTooLarge/);
  });

  it("carries tags, and hands transitive ones on", async () => {
    const sts = new TestSts();
    const RoleArn = sts.role("app");
    const Tags = [
      { Key: "Team", Value: "a" },
      { Key: "cost", Value: "1" },
    ];
    await sts.run("AssumeRole", {
      RoleArn,
      ...session,
      Tags,
      TransitiveTagKeys: ["team"],
      SourceIdentity: "jo",
    });
    const first = sts.issued[0]?.principal;
    expect(first?.session).toMatchObject({ tags: { Team: "a", cost: "1" }, sourceIdentity: "jo" });
    const principal = { ...first, accessKeyId: "ASIA1" } as Principal;
    const next = (more: object): Promise<{ SourceIdentity?: string | undefined }> =>
      sts.run("AssumeRole", { RoleArn, ...session, ...more }, { principal });
    expect((await next({})).SourceIdentity).toBe("jo");
    expect(sts.issued[1]?.principal.session).toMatchObject({
      tags: { Team: "a" },
      transitiveTagKeys: ["Team"],
      sourceIdentity: "jo",
    });
    expect(await refusal(next({ Tags: [{ Key: "TEAM", Value: "b" }] }))).toMatch(/^InvalidParameterValue/);
    expect(await refusal(next({ SourceIdentity: "bo" }))).toMatch(/^AccessDenied/);
  });

  it("refuses tags that are given twice, and transitive keys without a tag", async () => {
    const sts = new TestSts();
    const RoleArn = sts.role("app");
    const refused = (more: object): Promise<string> =>
      refusal(sts.run("AssumeRole", { RoleArn, ...session, ...more }));
    const twice = [
      { Key: "a", Value: "" },
      { Key: "A", Value: "" },
    ];
    expect(await refused({ Tags: twice })).toMatch(/^InvalidParameterValue: Duplicate/);
    expect(await refused({ TransitiveTagKeys: ["a"] })).toMatch(/^InvalidParameterValue/);
    const many = Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: "" }));
    expect(await refused({ Tags: many })).toMatch(/^InvalidParameterValue/);
  });

  it("refuses roles that do not exist in the words of a refusal, and what it does not have", async () => {
    const sts = new TestSts();
    const RoleArn = sts.role("app");
    const refused = (more: object): Promise<string> =>
      refusal(sts.run("AssumeRole", { RoleArn, ...session, ...more }));
    expect(await refused({ RoleArn: `${RoleArn}x` })).toBe(
      `AccessDenied: User: arn:aws:iam::${account}:root is not authorized to perform: sts:AssumeRole on resource: ` +
        `${RoleArn}x`,
    );
    expect(await refused({ SerialNumber: "arn:aws:iam::1:mfa/x", TokenCode: "123456" })).toMatch(
      /^AccessDenied/,
    );
    expect(await refused({ ProvidedContexts: [{}] })).toMatch(/^NotImplemented/);
    expect(await refused({ MinimumSessionTokenSize: 1 })).toMatch(/^NotImplemented/);
  });

  it("asks leave for each thing that is said along with it", () => {
    const sts = new TestSts();
    const input = { RoleArn: "arn:r", ...session, ExternalId: "e", SourceIdentity: "jo" };
    const permissions = sts.permissions("AssumeRole", { ...input, Tags: [{ Key: "a", Value: "b" }] });
    expect(permissions.map(({ action }) => action)).toEqual([
      "sts:AssumeRole",
      "sts:TagSession",
      "sts:SetSourceIdentity",
    ]);
    expect(permissions[0]).toMatchObject({
      resources: ["arn:r"],
      context: { "sts:ExternalId": "e", "sts:RoleSessionName": "one", "sts:SourceIdentity": "jo" },
    });
    expect(sts.permissions("AssumeRole", { RoleArn: "arn:r", ...session })).toHaveLength(1);
  });
});
