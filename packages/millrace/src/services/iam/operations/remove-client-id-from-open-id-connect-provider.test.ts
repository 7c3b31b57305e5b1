import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("removes a client id and does not mind one that is not there", async () => {
  await using iam = new TestIam();
  const OpenIDConnectProviderArn = await iam.provider();
  for (const ClientID of ["app", "web"])
    await iam.run("RemoveClientIDFromOpenIDConnectProvider", { OpenIDConnectProviderArn, ClientID });
  const { ClientIDList } = await iam.run("GetOpenIDConnectProvider", { OpenIDConnectProviderArn });
  expect(ClientIDList).toEqual([]);
});
