import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("takes tags away", async () => {
  await using iam = new TestIam();
  const OpenIDConnectProviderArn = await iam.provider();
  await iam.run("TagOpenIDConnectProvider", { OpenIDConnectProviderArn, Tags: [{ Key: "a", Value: "b" }] });
  await iam.run("UntagOpenIDConnectProvider", { OpenIDConnectProviderArn, TagKeys: ["a"] });
  expect((await iam.run("ListOpenIDConnectProviderTags", { OpenIDConnectProviderArn })).Tags).toEqual([]);
});
