import { expect, it } from "vitest";
import { refusalOf, TestKms } from "../test-kms.ts";

it("GenerateRandom answers as many bytes as asked", async () => {
  await using kms = await TestKms.start();
  const one = await kms.run("GenerateRandom", { NumberOfBytes: 44 });
  expect(one.Plaintext?.length).toBe(44);
  expect((await kms.run("GenerateRandom", { NumberOfBytes: 44 })).Plaintext).not.toEqual(one.Plaintext);
  expect(await refusalOf(kms.run("GenerateRandom", {}))).toBe(
    "ValidationException: NumberOfBytes is required.",
  );
  expect(await refusalOf(kms.run("GenerateRandom", { CustomKeyStoreId: "cks-1", NumberOfBytes: 1 }))).toBe(
    "NotImplemented: Millrace does not have custom key stores.",
  );
});
