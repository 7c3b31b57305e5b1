import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("replaces the thumbprints", async () => {
  await using iam = new TestIam();
  const OpenIDConnectProviderArn = await iam.provider();
  const ThumbprintList = ["a".repeat(40)];
  await iam.run("UpdateOpenIDConnectProviderThumbprint", { OpenIDConnectProviderArn, ThumbprintList });
  expect(await iam.run("GetOpenIDConnectProvider", { OpenIDConnectProviderArn })).toMatchObject({
    ThumbprintList,
  });
});
