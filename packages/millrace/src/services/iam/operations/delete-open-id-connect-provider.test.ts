import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("deletes a provider", async () => {
  await using iam = new TestIam();
  const OpenIDConnectProviderArn = await iam.provider();
  await iam.run("DeleteOpenIDConnectProvider", { OpenIDConnectProviderArn });
  const again = iam.run("DeleteOpenIDConnectProvider", { OpenIDConnectProviderArn });
  expect(await refusal(again)).toMatch(/^NoSuchEntity/);
});
