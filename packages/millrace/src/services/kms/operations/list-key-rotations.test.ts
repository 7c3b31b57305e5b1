import { expect, it } from "vitest";
import { codeOf, dayMs, TestKms } from "../test-kms.ts";

it("ListKeyRotations lists rotations, and all material when asked", async () => {
  await using kms = await TestKms.start();
  const { KeyId, Arn, CurrentKeyMaterialId: first } = await kms.key();
  kms.clock.advance(dayMs);
  await kms.run("RotateKeyOnDemand", { KeyId });
  const second = (await kms.describe(KeyId)).CurrentKeyMaterialId;
  const rotation = {
    KeyId: Arn,
    KeyMaterialId: second,
    KeyMaterialState: "CURRENT",
    RotationDate: new Date(kms.clock.now()),
    RotationType: "ON_DEMAND",
  };
  expect((await kms.run("ListKeyRotations", { KeyId })).Rotations).toEqual([rotation]);
  const all = { KeyId, IncludeKeyMaterial: "ALL_KEY_MATERIAL", Limit: 1 } as const;
  const page = await kms.run("ListKeyRotations", all);
  expect(page.Rotations).toEqual([{ KeyId: Arn, KeyMaterialId: first, KeyMaterialState: "NON_CURRENT" }]);
  const rest = await kms.run("ListKeyRotations", { ...all, Marker: page.NextMarker });
  expect(rest).toEqual({ Rotations: [rotation], Truncated: false });
  const mac = await kms.key({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
  expect(await codeOf(kms.run("ListKeyRotations", { KeyId: mac.KeyId }))).toBe(
    "UnsupportedOperationException",
  );
});
