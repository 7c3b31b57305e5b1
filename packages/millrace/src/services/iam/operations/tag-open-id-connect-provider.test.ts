import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("tags a provider", async () => {
  await using iam = new TestIam();
  const OpenIDConnectProviderArn = await iam.provider();
  const Tags = [{ Key: "a", Value: "b" }];
  await iam.run("TagOpenIDConnectProvider", { OpenIDConnectProviderArn, Tags });
  expect(await iam.run("GetOpenIDConnectProvider", { OpenIDConnectProviderArn })).toMatchObject({ Tags });
});
