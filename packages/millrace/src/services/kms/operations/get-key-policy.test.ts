import { expect, it } from "vitest";
import { refusalOf, TestKms } from "../test-kms.ts";

it("GetKeyPolicy knows one policy, called default", async () => {
  await using kms = await TestKms.start();
  const { KeyId } = await kms.key();
  const answer = await kms.run("GetKeyPolicy", { KeyId });
  expect(answer.PolicyName).toBe("default");
  expect(await kms.run("GetKeyPolicy", { KeyId, PolicyName: "default" })).toEqual(answer);
  expect(await refusalOf(kms.run("GetKeyPolicy", { KeyId, PolicyName: "other" }))).toBe(
    "NotFoundException: No such policy exists",
  );
});
