import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("lists the ARNs of all providers", async () => {
  await using iam = new TestIam();
  const b = await iam.provider("https://b.example.com");
  const a = await iam.provider("https://a.example.com");
  expect((await iam.run("ListOpenIDConnectProviders", {})).OpenIDConnectProviderList).toEqual([
    { Arn: a },
    { Arn: b },
  ]);
});
