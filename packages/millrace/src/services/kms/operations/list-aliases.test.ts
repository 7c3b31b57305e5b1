import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

it("ListAliases pages by name, and filters by key", async () => {
  await using kms = await TestKms.start();
  const [one, two] = [await kms.key(), await kms.key()];
  for (const name of ["c", "a", "b"])
    await kms.run("CreateAlias", { AliasName: `alias/${name}`, TargetKeyId: one.KeyId });
  await kms.run("CreateAlias", { AliasName: "alias/d", TargetKeyId: two.KeyId });
  const first = await kms.run("ListAliases", { Limit: 3 });
  expect(first.Aliases?.map(({ AliasName }) => AliasName)).toEqual(["alias/a", "alias/b", "alias/c"]);
  const { NextMarker: Marker } = first;
  expect(await kms.run("ListAliases", { Limit: 3, Marker })).toMatchObject({
    Aliases: [{ AliasName: "alias/d", TargetKeyId: two.KeyId }],
    Truncated: false,
  });
  const ofOne = await kms.run("ListAliases", { KeyId: one.KeyId });
  expect(ofOne.Aliases?.length).toBe(3);
  expect(ofOne.Aliases?.[0]).toMatchObject({ AliasArn: "arn:aws:kms:us-east-1:000000000000:alias/a" });
  expect(await codeOf(kms.run("ListAliases", { KeyId: one.KeyId, Marker }))).toBe("InvalidMarkerException");
});
