import { expect, it } from "vitest";
import { account, refusal, TestIam } from "../test-iam.ts";

it("makes a provider, known by host and path", async () => {
  await using iam = new TestIam();
  const OpenIDConnectProviderArn = await iam.provider();
  expect(OpenIDConnectProviderArn).toBe(`arn:aws:iam::${account}:oidc-provider/id.example.com/tenant`);
  iam.restart();
  expect(await iam.run("GetOpenIDConnectProvider", { OpenIDConnectProviderArn })).toEqual({
    Url: "id.example.com/tenant",
    ClientIDList: ["app"],
    ThumbprintList: [],
    CreateDate: new Date(iam.clock.now()),
  });
  expect(await refusal(iam.provider())).toMatch(/^EntityAlreadyExists/);
});

it.each([
  "http://id.example.com",
  "ftp://id.example.com",
  "id.example.com",
  "https://x/?a=b",
  "https://u:p@x/",
  "",
])("refuses the URL %j", async (url) => {
  await using iam = new TestIam();
  expect(await refusal(iam.provider(url))).toMatch(/^InvalidInput/);
});

it("takes plain http from this machine", async () => {
  await using iam = new TestIam();
  expect(await iam.provider("http://127.0.0.1:8080/")).toMatch(/oidc-provider\/127.0.0.1:8080$/);
});

it("keeps 100 client ids and 5 thumbprints at most", async () => {
  await using iam = new TestIam();
  const create = (input: object): Promise<string> =>
    refusal(iam.run("CreateOpenIDConnectProvider", { Url: "https://x.example.com", ...input }));
  expect(await create({ ClientIDList: Array.from({ length: 101 }, (_, i) => `c${i}`) })).toMatch(
    /^LimitExceeded/,
  );
  expect(await create({ ThumbprintList: Array(6).fill("a".repeat(40)) })).toMatch(/^InvalidInput/);
});
