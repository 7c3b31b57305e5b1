import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

const there = { region: "eu-west-1" };

it("UpdatePrimaryRegion swaps the two, and rotation moves along", async () => {
  await using kms = await TestKms.start();
  const { KeyId } = await kms.key({ MultiRegion: true });
  await kms.run("EnableKeyRotation", { KeyId });
  const move = (PrimaryRegion: string, from: object = {}): Promise<unknown> =>
    kms.run("UpdatePrimaryRegion", { KeyId, PrimaryRegion }, from);
  expect(await codeOf(move("eu-west-1"))).toBe("NotFoundException");
  await kms.run("ReplicateKey", { KeyId, ReplicaRegion: "eu-west-1" });
  await move("eu-west-1");
  const [here, other] = [await kms.describe(KeyId), await kms.describe(KeyId, there)];
  expect(here.MultiRegionConfiguration).toMatchObject({
    MultiRegionKeyType: "REPLICA",
    PrimaryKey: { Region: "eu-west-1" },
  });
  expect(other.MultiRegionConfiguration?.MultiRegionKeyType).toBe("PRIMARY");
  for (const region of ["us-east-1", "eu-west-1"])
    expect((await kms.run("GetKeyRotationStatus", { KeyId }, { region })).KeyRotationEnabled).toBe(true);
  expect(await codeOf(move("us-east-1"))).toBe("UnsupportedOperationException");
  await kms.run("DisableKey", { KeyId });
  expect(await codeOf(move("us-east-1", there))).toBe("DisabledException");
});
