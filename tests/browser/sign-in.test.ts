import {
  AddUserToGroupCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  IAMClient,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { prepareAxe, seriousViolations } from "../fixtures/axe.ts";
import { ConsoleInBrowser } from "../fixtures/browser.ts";
import { s3Client } from "../fixtures/s3-client.ts";
import { type Key, keyOf } from "../fixtures/verifying-millrace.ts";

const account = "123456789012";
const password = "Correct-horse-7";

let browser: ConsoleInBrowser;
let iam: IAMClient;
let s3: S3Client;
let jo: Key;
beforeAll(async () => {
  browser = await ConsoleInBrowser.start({ flags: { auth: "verify", account } });
  const config = { endpoint: browser.millrace.url, region: "us-east-1", credentials: browser.millrace.root };
  iam = new IAMClient(config);
  s3 = s3Client(browser.millrace.url, config);
  for (const Bucket of ["open-bucket", "closed-bucket"]) await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket: "open-bucket", Key: "hello.txt", Body: "hello jo" }));
  await iam.send(new CreateUserCommand({ UserName: "jo" }));
  await iam.send(new CreateGroupCommand({ GroupName: "staff" }));
  await iam.send(new AddUserToGroupCommand({ GroupName: "staff", UserName: "jo" }));
  const Statement = [
    { Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" },
    { Effect: "Allow", Action: "s3:Get*", Resource: "arn:aws:s3:::open-bucket*" },
    { Effect: "Allow", Action: "s3:List*", Resource: "arn:aws:s3:::open-bucket*" },
  ];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutUserPolicyCommand({ UserName: "jo", PolicyName: "some", PolicyDocument }));
  await iam.send(new CreateLoginProfileCommand({ UserName: "jo", Password: password }));
  jo = await newKey();
});
afterAll(async () => {
  iam.destroy();
  s3.destroy();
  await browser[Symbol.asyncDispose]();
});

async function newKey(): Promise<Key> {
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "jo" }));
  return {
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
  };
}

const passwordField = (): Locator => browser.page.locator('input[autocomplete="current-password"]');

async function signIn(key: Key): Promise<void> {
  const { page } = browser;
  await page.getByLabel("Access key ID").fill(key.accessKeyId);
  await page.getByLabel("Secret access key").fill(key.secretAccessKey);
  if (key.sessionToken !== undefined) {
    await page.getByText("These are temporary credentials").click();
    await page.getByLabel("Session token").fill(key.sessionToken);
  }
  await page.getByRole("button", { name: "Sign in" }).click();
}

it("shows nothing and gets no data before somebody signs in", async () => {
  const { page } = browser;
  const answers: { readonly url: string; readonly status: number }[] = [];
  page.on("response", (response) => answers.push({ url: response.url(), status: response.status() }));
  for (const screen of ["flow", "objects", "identity", "state", "requests", "streams/x"]) {
    await browser.open(screen);
    await page.getByRole("heading", { name: "Sign in to Millrace" }).waitFor();
  }
  const asked = answers.filter(({ url }) => !url.includes("/_millrace/console/"));
  expect(asked.length).toBeGreaterThan(0);
  for (const { url, status } of asked) expect([401, 403], url).toContain(status);
  expect(
    await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])),
  ).not.toContain("secretAccessKey");
  expect(browser.problems).toEqual([]);
});

it("says what is wrong with a key", async () => {
  const { page } = browser;
  await browser.open("objects");
  await signIn({ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x".repeat(40) });
  await page.getByText("No such access key, or it is not active.").waitFor();
  await signIn({ ...jo, secretAccessKey: "x".repeat(40) });
  await page.getByText("The secret key does not belong to the access key.").waitFor();
  await browser.screenshot("sign-in");
});

it("lets a user see what the policies allow, and AWS's words about the rest", async () => {
  const { page } = browser;
  await browser.open("objects");
  await signIn(jo);
  await page.getByText("open-bucket", { exact: true }).click();
  await page.getByText("hello.txt", { exact: true }).click();
  await page.getByText("hello jo").waitFor();
  expect(await page.getByRole("button", { name: "Account" }).textContent()).toBe(account);
  await browser.open("objects/closed-bucket");
  await page.getByText(/user\/jo is not authorized to perform: s3:ListBucket/).waitFor();
  for (const screen of [
    "identity",
    "catalog",
    "identity?tab=account",
    "objects/closed-bucket?tab=settings",
  ]) {
    await browser.open(screen);
    await page
      .getByText(/is not authorized to perform/)
      .first()
      .waitFor();
  }
  await page.goto(`${browser.millrace.url}/_millrace/console/identity?tab=account`);
  await page.getByText(`arn:aws:iam::${account}:user/jo`).first().waitFor();
  expect(browser.problems).toEqual([]);
});

it("forgets who signs out, and keeps nothing for the next tab", async () => {
  const { page } = browser;
  const other = await page.context().newPage();
  await other.goto(`${browser.millrace.url}/_millrace/console/objects`);
  await other.getByRole("heading", { name: "Sign in to Millrace" }).waitFor();
  await other.close();
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in to Millrace" }).waitFor();
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await page.reload();
  await page.getByRole("heading", { name: "Sign in to Millrace" }).waitFor();
});

it("lets in with a console password, and not with a wrong one", async () => {
  const { page } = browser;
  await browser.open("objects");
  await page.getByRole("tab", { name: "Password" }).click();
  await page.getByLabel("Account").fill(account);
  await page.getByLabel("User").fill("jo");
  await passwordField().fill("wrong");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("Account, user name or password are not right.").waitFor();
  await passwordField().fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("open-bucket", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  expect(browser.problems).toEqual([]);
});

it("asks who has to for another password", async () => {
  const { page } = browser;
  await iam.send(new CreateUserCommand({ UserName: "new" }));
  await iam.send(
    new CreateLoginProfileCommand({ UserName: "new", Password: password, PasswordResetRequired: true }),
  );
  await browser.open("identity?tab=account");
  await page.getByRole("tab", { name: "Password" }).click();
  await page.getByLabel("User").fill("new");
  await passwordField().fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("New password").fill("Another-horse-8");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText(`arn:aws:iam::${account}:user/new`).first().waitFor();
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
});

it("leads back to the sign-in when the credentials are not good any more", async () => {
  const { page } = browser;
  const key = await newKey();
  await browser.open("objects");
  await signIn(key);
  await page.getByText("open-bucket", { exact: true }).waitFor();
  await iam.send(new DeleteAccessKeyCommand({ UserName: "jo", AccessKeyId: key.accessKeyId }));
  await page.getByText("open-bucket", { exact: true }).click();
  await page.getByText("Your credentials are not valid any more. Sign in again.").waitFor();
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  expect(browser.problems).toEqual([]);
});

it("takes temporary credentials with their session token", async () => {
  const { page } = browser;
  const sts = new STSClient({ endpoint: browser.millrace.url, region: "us-east-1", credentials: jo });
  const { Credentials } = await sts.send(new GetSessionTokenCommand({}));
  sts.destroy();
  await browser.open("objects");
  await signIn(keyOf(Credentials));
  await page.getByText("open-bucket", { exact: true }).waitFor();
  expect(browser.problems).toEqual([]);
});

it("has no serious barriers, in the dark and in the light", async () => {
  const { page } = browser;
  await page.evaluate(() => sessionStorage.clear());
  await prepareAxe(page);
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await browser.open("objects");
    await page.getByRole("heading", { name: "Sign in to Millrace" }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  }
});
