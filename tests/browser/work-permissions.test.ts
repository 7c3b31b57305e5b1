import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { Redshift, waitUntilClusterAvailable } from "@aws-sdk/client-redshift";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ConsoleInBrowser } from "../fixtures/browser.ts";
import type { Key } from "../fixtures/verifying-millrace.ts";

const account = "123456789012";
const region = "us-east-1";

let browser: ConsoleInBrowser;
beforeAll(async () => {
  browser = await ConsoleInBrowser.start({ flags: { auth: "verify", account, "transition-ms": "100" } });
});
afterAll(() => browser[Symbol.asyncDispose]());

it("shows who may do little what he may see, and says in place what he may not", async () => {
  const { page } = browser;
  await createCluster();
  const reader = await userWhoMay([
    "redshift:DescribeClusters",
    "redshift:GetClusterCredentialsWithIAM",
    "redshift-data:ExecuteStatement",
    "redshift-data:DescribeStatement",
    "redshift-data:GetStatementResult",
  ]);
  await page.addInitScript(
    (kept) => {
      const { sessionStorage } = globalThis as unknown as {
        readonly sessionStorage: { setItem(key: string, value: string): void };
      };
      sessionStorage.setItem("millrace.session", kept);
    },
    JSON.stringify({ ...reader, account, region, mode: "verify" }),
  );
  await browser.open(`query?${new URLSearchParams({ sql: "select current_user as who" })}`);
  await page.getByRole("button", { name: "Run" }).click();
  const rows = page.getByRole("grid", { name: "Rows of the result" });
  await rows.getByRole("gridcell", { name: "IAM:reader" }).waitFor();
  await browser.open(`query?${new URLSearchParams({ sql: "create schema mine" })}`);
  await page.getByRole("button", { name: "Run" }).click();
  await page.getByText(/ERROR: permission denied for database/).waitFor();
  await browser.open(`query?${new URLSearchParams({ sql: "SHOW TABLES", kind: "flink" })}`);
  await page
    .getByRole("alert")
    .getByText(/kinesisanalytics:DescribeApplication/)
    .waitFor();
  await browser.open("applications");
  await page
    .getByRole("alert")
    .getByText(/kinesisanalytics:ListApplications/)
    .waitFor();
  await browser.open("clusters/sales");
  await page.getByText("node 1", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
  await page.getByText(/not authorized to perform: redshift:PauseCluster/).waitFor();
  await page.getByRole("tab", { name: "Events" }).click();
  await page
    .getByRole("alert")
    .getByText(/redshift:DescribeEvents/)
    .waitFor();
  expect(browser.problems).toEqual([]);
});

async function createCluster(): Promise<void> {
  const client = new Redshift({ endpoint: browser.millrace.url, region, credentials: browser.millrace.root });
  await client.createCluster({
    ...{ ClusterIdentifier: "sales", NodeType: "ra3.xlplus", NumberOfNodes: 2, DBName: "dev" },
    ...{ MasterUsername: "admin", MasterUserPassword: "Passw0rd" },
  });
  await waitUntilClusterAvailable(
    { client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 },
    { ClusterIdentifier: "sales" },
  );
  client.destroy();
}

async function userWhoMay(Action: readonly string[]): Promise<Key> {
  const iam = new IAMClient({ endpoint: browser.millrace.url, region, credentials: browser.millrace.root });
  await iam.send(new CreateUserCommand({ UserName: "reader" }));
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action, Resource: "*" }],
  });
  await iam.send(new PutUserPolicyCommand({ UserName: "reader", PolicyName: "some", PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "reader" }));
  iam.destroy();
  return {
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
  };
}
