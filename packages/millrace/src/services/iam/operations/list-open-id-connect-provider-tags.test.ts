import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("lists the tags of a provider", async () => {
  await using iam = new TestIam();
  const OpenIDConnectProviderArn = await iam.provider();
  const Tags = [{ Key: "a", Value: "b" }];
  await iam.run("TagOpenIDConnectProvider", { OpenIDConnectProviderArn, Tags });
  expect((await iam.run("ListOpenIDConnectProviderTags", { OpenIDConnectProviderArn })).Tags).toEqual(Tags);
});
