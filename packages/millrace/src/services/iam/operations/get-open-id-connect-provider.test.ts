import { expect, it } from "vitest";
import { account, refusal, TestIam } from "../test-iam.ts";

it("refuses ARNs that name no provider of the account", async () => {
  await using iam = new TestIam();
  const arn = await iam.provider();
  const get = (OpenIDConnectProviderArn: string): Promise<string> =>
    refusal(iam.run("GetOpenIDConnectProvider", { OpenIDConnectProviderArn }));
  expect(await get(`${arn}/other`)).toBe(
    `NoSuchEntityException: OpenIDConnect Provider not found for arn ${arn}/other`,
  );
  expect(await get(arn.replace(account, "111111111111"))).toMatch(/^NoSuchEntity/);
  expect(await get("arn:aws:iam::x")).toMatch(/^InvalidInput/);
});
