import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

const user = (name: string): string => `arn:aws:iam::000000000000:user/${name}`;

it("ListGrants shows grants without their tokens, filtered and in pages", async () => {
  await using kms = await TestKms.start();
  const { KeyId, Arn } = await kms.key();
  for (const name of ["ann", "bob", "ann"])
    await kms.run("CreateGrant", {
      KeyId,
      GranteePrincipal: user(name),
      RetiringPrincipal: user("eve"),
      Operations: ["Encrypt"],
      Constraints: { EncryptionContextSubset: { a: "1" } },
    });
  const first = await kms.run("ListGrants", { KeyId, Limit: 2 });
  expect(first.Truncated).toBe(true);
  const second = await kms.run("ListGrants", { KeyId, Limit: 2, Marker: first.NextMarker });
  expect(second.Grants?.length).toBe(1);
  const ofBob = await kms.run("ListGrants", { KeyId, GranteePrincipal: user("bob") });
  expect(ofBob.Grants).toEqual([
    {
      KeyId: Arn,
      GrantId: expect.any(String),
      Name: "",
      CreationDate: new Date(kms.clock.now()),
      IssuingAccount: "arn:aws:iam::000000000000:root",
      Operations: ["Encrypt"],
      GranteePrincipal: user("bob"),
      RetiringPrincipal: user("eve"),
      Constraints: { EncryptionContextSubset: { a: "1" } },
    },
  ]);
  const GrantId = ofBob.Grants?.[0]?.GrantId ?? "";
  expect((await kms.run("ListGrants", { KeyId, GrantId })).Grants).toEqual(ofBob.Grants);
  expect(await codeOf(kms.run("ListGrants", { KeyId, GrantId: "none" }))).toBe("InvalidGrantIdException");
});
