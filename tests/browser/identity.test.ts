import {
  CreateUserCommand,
  GetAccessKeyLastUsedCommand,
  GetPolicyVersionCommand,
  GetUserPolicyCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, it } from "vitest";
import { expectNoBarriers } from "../fixtures/axe.ts";
import { ConsoleInBrowser } from "../fixtures/browser.ts";

const ownFolder = {
  Version: "2012-10-17",
  Statement: [
    { Sid: "Own", Effect: "Allow", Action: "s3:*", Resource: `arn:aws:s3:::home/$\{aws:username}/*` },
    { Sid: "Keep", Effect: "Deny", Action: "s3:Delete*", Resource: "*" },
  ],
};

let browser: ConsoleInBrowser;
let iam: IAMClient;
beforeAll(async () => {
  browser = await ConsoleInBrowser.start();
  iam = new IAMClient({
    endpoint: browser.millrace.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
});
afterAll(async () => {
  iam.destroy();
  await browser[Symbol.asyncDispose]();
});

it("makes a user with a group, policies, a key whose secret is shown once, and a password", async () => {
  const { page } = browser;
  await browser.open("identity");
  await page.getByText("not enforced").waitFor();
  await page.getByRole("button", { name: "Create user" }).first().click();
  await page.getByLabel("Name").fill("jo");
  await page.keyboard.press("Enter");
  await page.waitForURL(/identity\/users\/jo$/);

  await page.getByRole("combobox", { name: "Policy to attach" }).fill("AmazonKinesisReadOnly");
  await page.getByRole("option", { name: "AmazonKinesisReadOnlyAccess" }).click();
  await page.getByRole("button", { name: "Attach", exact: true }).click();
  await page.getByRole("link", { name: "AmazonKinesisReadOnlyAccess" }).waitFor();
  const attached = await iam.send(new ListAttachedUserPoliciesCommand({ UserName: "jo" }));
  expect(attached.AttachedPolicies?.map(({ PolicyName }) => PolicyName)).toEqual([
    "AmazonKinesisReadOnlyAccess",
  ]);

  await page.getByRole("button", { name: "Add inline policy" }).click();
  await page.getByLabel("Name").fill("own-folder");
  await page.locator(".cm-content").fill(JSON.stringify(ownFolder));
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("own-folder: saved.").waitFor();
  const inline = await iam.send(new GetUserPolicyCommand({ UserName: "jo", PolicyName: "own-folder" }));
  expect(JSON.parse(decodeURIComponent(inline.PolicyDocument ?? ""))).toEqual(ownFolder);

  await page.getByRole("tab", { name: "Access keys" }).click();
  await page.getByRole("button", { name: "Create access key" }).click();
  const shown = await page.getByRole("dialog").getByText("AWS_SECRET_ACCESS_KEY").textContent();
  const secret = /AWS_SECRET_ACCESS_KEY=(\S+)/.exec(shown ?? "")?.[1] ?? "";
  expect(secret).toMatch(/^\S{40}$/);
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByText(secret).count()).toBe(0);
  await page.getByRole("button", { name: "Deactivate" }).click();
  await page.getByRole("button", { name: "Activate" }).waitFor();
  const { AccessKeyMetadata: [key] = [] } = await iam.send(new ListAccessKeysCommand({ UserName: "jo" }));
  expect(key?.Status).toBe("Inactive");
  const { UserName } = await iam.send(
    new GetAccessKeyLastUsedCommand({ AccessKeyId: key?.AccessKeyId ?? "" }),
  );
  expect(UserName).toBe("jo");

  await page.getByRole("tab", { name: "Console password" }).click();
  const password = page.locator('input[autocomplete="new-password"]');
  await password.fill("short");
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByText("PasswordPolicyViolation").waitFor();
  await password.fill("Long-enough-7");
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByText("The password is set.").waitFor();
  await page.getByLabel("Another password").waitFor();
  expect(browser.problems).toEqual([]);
});

it("simulates, and shows which statements allow and deny", async () => {
  const { page } = browser;
  await browser.open("identity/users/jo");
  await page.getByRole("link", { name: "Simulate" }).click();
  await page.getByLabel("Actions").fill("s3:GetObject\ns3:DeleteObject\nkinesis:PutRecord");
  await page.getByLabel("Resources").fill("arn:aws:s3:::home/jo/a.txt");
  await expect.poll(() => page.getByLabel("Context value 1").inputValue()).toBe("jo");
  await page.getByRole("button", { name: "Simulate" }).click();
  const decisions = page.getByRole("grid", { name: "decisions" });
  await decisions.getByText("explicitDeny").waitFor();
  expect(await decisions.getByRole("row").allTextContents()).toEqual([
    expect.stringContaining("s3:GetObjectarn:aws:s3:::home/jo/a.txtallowed"),
    expect.stringContaining("s3:DeleteObjectarn:aws:s3:::home/jo/a.txtexplicitDeny"),
    expect.stringContaining("implicitDeny"),
  ]);
  await decisions.getByText("explicitDeny").click();
  const reasons = page.getByRole("dialog");
  await reasons.getByText("denies it").waitFor();
  expect(await reasons.locator("[data-match]").allTextContents()).toEqual([
    expect.stringMatching(/^allows it.*"Own"/s),
    expect.stringMatching(/^denies it.*"Keep"/s),
  ]);
  await browser.screenshot("identity-simulator");
  await page.keyboard.press("Escape");

  await page.reload();
  await decisions.getByText("explicitDeny").waitFor();
  expect(browser.problems).toEqual([]);
});

it("makes versions of a policy, and shows AWS's words against a bad one", async () => {
  const { page } = browser;
  await browser.open("identity?tab=policies&scope=Local");
  await page.getByRole("button", { name: "Create policy" }).first().click();
  await page.getByLabel("Name").fill("readers");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.waitForURL(/identity\/policy\?arn=/);
  const editor = page.getByRole("main").locator(".cm-content");
  await editor.getByText("ReadTheLake").waitFor();
  await editor.fill('{"Version":"2012-10-17","Statement":[{"Effect":"Maybe"}]}');
  await page.getByRole("button", { name: "Save as a new version" }).click();
  await page.getByText("MalformedPolicyDocument").waitFor();
  const Statement = [{ Effect: "Allow", Action: "s3:*", Resource: "*" }];
  await editor.fill(JSON.stringify({ Version: "2012-10-17", Statement }));
  await page.getByRole("button", { name: "Save as a new version" }).click();
  await page.getByText("v2 was made and counts.").waitFor();
  const PolicyArn = "arn:aws:iam::000000000000:policy/readers";
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: "v2" }));
  expect(PolicyVersion?.IsDefaultVersion).toBe(true);
  await page.getByRole("combobox", { name: "Version" }).click();
  await page.getByRole("option", { name: /^v1/ }).click();
  await page.getByRole("button", { name: "Make it count" }).click();
  await page.getByText("v1 counts now.").waitFor();
  expect(browser.problems).toEqual([]);
});

it("makes a role that a service may take, and tells who one is", async () => {
  const { page } = browser;
  await browser.open("identity?tab=roles");
  await page.getByRole("button", { name: "Create role" }).first().click();
  await page.getByLabel("Name").fill("delivery");
  await page.getByRole("combobox", { name: "Who may take it" }).fill("firehose.amazonaws.com");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.waitForURL(/identity\/roles\/delivery$/);
  await page.getByRole("tab", { name: "Trust policy" }).click();
  await page.getByRole("main").locator(".cm-content").getByText("firehose.amazonaws.com").waitFor();
  await browser.open("identity?tab=account");
  await page.getByText("arn:aws:iam::000000000000:root").waitFor();
  await page.getByRole("row", { name: /^Users 1/ }).waitFor();
  expect(browser.problems).toEqual([]);
});

it("lists 3,000 users", async () => {
  const { page } = browser;
  for (let at = 0; at < 3_000; at += 250)
    await Promise.all(
      Array.from({ length: 250 }, (_, i) => iam.send(new CreateUserCommand({ UserName: `robot-${at + i}` }))),
    );
  await browser.open("identity");
  await page.getByText("3,001 users").waitFor();
  expect(await page.getByRole("row").count()).toBeLessThan(60);
  expect(browser.problems).toEqual([]);
});

it("has no serious barriers, in the dark and in the light", async () => {
  await expectNoBarriers(browser, {
    identity: "robot-1",
    "identity/users/jo": "own-folder",
    "identity/users/jo?tab=keys": "Last used",
    "identity?tab=policies&scope=Local": "readers",
    "identity?tab=simulator": "What would IAM decide?",
    "identity?tab=account": "Who you are",
  });
});
