import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ConsoleInBrowser } from "../fixtures/browser.ts";

let browser: ConsoleInBrowser;
beforeAll(async () => {
  browser = await ConsoleInBrowser.start();
});
afterAll(() => browser[Symbol.asyncDispose]());

it("leads from Millrace's address to the flow map, and from there by keys", async () => {
  const { page, millrace } = browser;
  await page.goto(millrace.url);
  await page.waitForURL(/_millrace\/console\/flow$/);
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await page.waitForURL(/console\/requests/);
  await page.keyboard.press("Control+K");
  await page.getByLabel("Go to").fill("firehose");
  await page.keyboard.press("Enter");
  await page.waitForURL(/console\/delivery/);
  await page.getByLabel("Go to").waitFor({ state: "hidden" });
  await page.keyboard.press("?");
  await page.getByText("these keys").waitFor();
  expect(browser.problems).toEqual([]);
});

it("goes to another account and region, and stays there", async () => {
  const { page } = browser;
  await browser.open("streams");
  await page.getByRole("button", { name: "Region" }).click();
  await page.getByRole("menuitem", { name: "eu-west-1" }).click();
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByLabel("Another account").fill("123456789012");
  await page.keyboard.press("Enter");
  await page.reload();
  await page.getByRole("button", { name: "Region" }).getByText("eu-west-1").waitFor();
  await page.getByRole("button", { name: "Account" }).getByText("123456789012").waitFor();
  expect(browser.problems).toEqual([]);
});

it("is dark or light", async () => {
  const { page } = browser;
  await browser.open("state");
  const scheme = (): Promise<string | null> => page.locator("html").getAttribute("data-mantine-color-scheme");
  const before = await scheme();
  await page.getByLabel("Dark or light").click();
  expect(await scheme()).not.toBe(before);
  await page.getByLabel("Dark or light").click();
  expect(await scheme()).toBe(before);
});

it("is out of reach for a page that somebody has put into a bucket", async () => {
  const { page, millrace } = browser;
  const s3 = new S3Client({
    ...{ endpoint: millrace.url, region: "us-east-1", forcePathStyle: true },
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  await s3.send(new CreateBucketCommand({ Bucket: "pages" }));
  const Body = `<h1>Hi</h1><script>
    fetch("/_millrace/status").then((answer) => answer.status, () => "refused").then((got) => { document.title = self.origin + " " + got; });
  </script>`;
  await s3.send(new PutObjectCommand({ Bucket: "pages", Key: "hello.html", Body, ContentType: "text/html" }));
  s3.destroy();
  await page.goto(`${millrace.url}/pages/hello.html`);
  await page.getByText("Hi").waitFor();
  await expect.poll(() => page.title()).toBe("null refused");
});
