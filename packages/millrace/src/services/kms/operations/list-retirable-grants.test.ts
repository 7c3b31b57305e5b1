import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

const user = (name: string): string => `arn:aws:iam::000000000000:user/${name}`;

it("ListRetirableGrants lists a principal's grants over all keys of the account and region", async () => {
  await using kms = await TestKms.start();
  for (const [call, retiring] of [
    [{}, "eve"],
    [{}, "eve"],
    [{}, "ann"],
    [{ region: "eu-west-1" }, "eve"],
    [{ account: "111111111111" }, "eve"],
  ] as const) {
    const { KeyId } = await kms.key({}, call);
    const grant = { KeyId, GranteePrincipal: user("bob"), RetiringPrincipal: user(retiring) };
    await kms.run("CreateGrant", { ...grant, Operations: ["Encrypt"] }, call);
  }
  const first = await kms.run("ListRetirableGrants", { RetiringPrincipal: user("eve"), Limit: 1 });
  expect(first.Grants?.length).toBe(1);
  const Marker = first.NextMarker;
  const rest = await kms.run("ListRetirableGrants", { RetiringPrincipal: user("eve"), Marker });
  expect(rest.Grants?.length).toBe(1);
  expect(rest.Truncated).toBe(false);
  expect(await codeOf(kms.run("ListRetirableGrants", {}))).toBe("ValidationException");
});
