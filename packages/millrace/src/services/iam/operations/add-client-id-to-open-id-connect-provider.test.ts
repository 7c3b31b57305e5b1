import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("adds a client id, once", async () => {
  await using iam = new TestIam();
  const OpenIDConnectProviderArn = await iam.provider();
  for (const ClientID of ["web", "web"])
    await iam.run("AddClientIDToOpenIDConnectProvider", { OpenIDConnectProviderArn, ClientID });
  const { ClientIDList } = await iam.run("GetOpenIDConnectProvider", { OpenIDConnectProviderArn });
  expect(ClientIDList).toEqual(["app", "web"]);
});
