import { expect, it } from "vitest";
import { TestKms } from "../test-kms.ts";

it("ListKeyPolicies lists the one that there is", async () => {
  await using kms = await TestKms.start();
  const { KeyId } = await kms.key();
  expect(await kms.run("ListKeyPolicies", { KeyId })).toEqual({ PolicyNames: ["default"], Truncated: false });
});
