import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { PutRecordCommand } from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ConsoleInBrowser } from "../fixtures/browser.ts";
import { createStream, kinesisClient } from "../fixtures/kinesis-client.ts";
import type { Key } from "../fixtures/verifying-millrace.ts";

const account = "123456789012";
const region = "us-east-1";

let browser: ConsoleInBrowser;
let root: Key;
beforeAll(async () => {
  browser = await ConsoleInBrowser.start({ flags: { auth: "verify", account } });
  root = browser.millrace.root;
});
afterAll(() => browser[Symbol.asyncDispose]());

it("shows who may do little what he may see, and says in place what he may not", async () => {
  const { page } = browser;
  const kinesis = kinesisClient(browser.millrace.url, { credentials: root });
  await createStream(kinesis, "clicks");
  const Data = Buffer.from("seen");
  await kinesis.send(new PutRecordCommand({ StreamName: "clicks", PartitionKey: "k", Data }));
  kinesis.destroy();
  const reader = await userWhoMay([
    "kinesis:ListStreams",
    "kinesis:DescribeStreamSummary",
    "kinesis:ListShards",
    "kinesis:GetShardIterator",
    "kinesis:GetRecords",
  ]);
  const session = { ...reader, account, region, mode: "verify" };
  await page.addInitScript((kept) => {
    const { sessionStorage } = globalThis as unknown as {
      readonly sessionStorage: { setItem(key: string, value: string): void };
    };
    sessionStorage.setItem("millrace.session", kept);
  }, JSON.stringify(session));
  await browser.open("streams");
  await page.getByRole("row").getByText("clicks").click();
  await page.getByText("Oldest", { exact: true }).click();
  await page.getByRole("grid", { name: "Records" }).getByText("seen").waitFor();
  await page.getByRole("tab", { name: "Shards" }).click();
  await page.getByRole("button", { name: /open, shardId-000000000000/ }).waitFor();
  await page.getByRole("tab", { name: "Rates" }).click();
  await page
    .getByRole("alert")
    .getByText(/millrace:GetStreamUse/)
    .waitFor();
  await page.getByRole("tab", { name: "Put" }).click();
  await page.getByRole("button", { name: "Put", exact: true }).click();
  await page.getByText(/not authorized to perform: kinesis:PutRecord/).waitFor();
  await browser.open("delivery");
  await page
    .getByRole("alert")
    .getByText(/firehose:ListDeliveryStreams/)
    .waitFor();
  expect(browser.problems).toEqual([]);
});

async function userWhoMay(Action: readonly string[]): Promise<Key> {
  const iam = new IAMClient({ endpoint: browser.millrace.url, region, credentials: root });
  const UserName = "reader";
  await iam.send(new CreateUserCommand({ UserName }));
  const Statement = [{ Effect: "Allow", Action, Resource: "*" }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "reads", PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  iam.destroy();
  return { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
}
