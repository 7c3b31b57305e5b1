import { afterAll, beforeAll, expect, it } from "vitest";
import { prepareAxe, seriousViolations } from "../fixtures/axe.ts";
import { ConsoleInBrowser } from "../fixtures/browser.ts";
import { runSql, sales } from "./warehouse-rows.ts";

let browser: ConsoleInBrowser;
beforeAll(async () => {
  browser = await ConsoleInBrowser.start({ flags: { "transition-ms": "300" } });
  await prepareAxe(browser.page);
  await runSql(browser.millrace.sqlPort, sales);
});
afterAll(() => browser[Symbol.asyncDispose]());

it("shows nodes, slices and how to connect", async () => {
  const { page, millrace } = browser;
  await browser.open("clusters");
  await page.getByRole("row").filter({ hasText: "millrace" }).click();
  await page.waitForURL(/clusters\/millrace$/);
  await page.getByText("node 1", { exact: true }).waitFor();
  await page.getByText("slice 3").waitFor();
  await page.getByText(`psql -h 127.0.0.1 -p ${millrace.sqlPort} -U awsuser dev`).waitFor();
  await page.getByRole("combobox", { name: "How to connect" }).click();
  await page.getByRole("option", { name: "JDBC, the PostgreSQL driver" }).click();
  await page.getByText(/^jdbc:postgresql:/).waitFor();
  await browser.screenshot("cluster");
  await browser.screenshot("cluster-light", "light");
  expect(await seriousViolations(page)).toEqual([]);
  expect(browser.problems).toEqual([]);
});

it("shows tables with their skew, users, parameters and queries", async () => {
  const { page } = browser;
  await browser.open("clusters/millrace/tables");
  const row = page.getByRole("row").filter({ hasText: "sales" });
  await row.getByText("KEY(city)").waitFor();
  await browser.screenshot("cluster-tables");
  expect(await seriousViolations(page)).toEqual([]);
  await row.click();
  await page
    .getByRole("dialog")
    .getByText(/Skewed: /)
    .waitFor();
  expect(page.url()).toContain("table=public.sales");
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Users" }).click();
  await page.getByRole("row").filter({ hasText: "awsuser" }).waitFor();
  await page.getByText("roles", { exact: true }).click();
  await page.getByRole("row").filter({ hasText: "sys:monitor" }).waitFor();
  await page.getByRole("tab", { name: "Parameters" }).click();
  await page.getByRole("row").filter({ hasText: "require_ssl" }).waitFor();
  await page.getByRole("tab", { name: "Queries" }).click();
  await page.getByRole("row").filter({ hasText: "insert into sales" }).getByText("success").waitFor();
  expect(browser.problems).toEqual([]);
});

it("says of snapshots that they are not there yet", async () => {
  const { page } = browser;
  await browser.open("clusters/millrace/snapshots");
  await page.getByText("redshift:DescribeClusterSnapshots is not implemented by Millrace.").waitFor();
  await page.getByRole("textbox", { name: "Name of the snapshot" }).fill("monday");
  await page.getByRole("button", { name: "Take a snapshot" }).click();
  await page.getByText("redshift:CreateClusterSnapshot is not implemented").first().waitFor();
  expect(browser.problems).toEqual([]);
});

it("creates a cluster, resizes, pauses, resumes and deletes it", async () => {
  const { page } = browser;
  await browser.open("clusters?create");
  const form = page.getByRole("dialog");
  await form.getByRole("textbox", { name: "Identifier" }).fill("shop");
  await form.getByRole("textbox", { name: "Password" }).fill("short");
  await form.getByRole("button", { name: "Create" }).click();
  await form.getByRole("alert").waitFor();
  await form.getByRole("textbox", { name: "Password" }).fill("Passw0rd");
  await form.getByRole("button", { name: "Create" }).click();
  await page.waitForURL(/clusters\/shop$/);
  const status = (text: string): Promise<void> => page.getByText(text, { exact: true }).first().waitFor();
  await status("available");
  await page.getByText("node 1", { exact: true }).waitFor();
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Resize" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Nodes" }).fill("3");
  await page.getByRole("dialog").getByRole("button", { name: "Resize" }).click();
  await page.getByText("3 × ra3.xlplus", { exact: false }).waitFor();
  await status("available");
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
  await status("paused");
  await page.getByRole("tab", { name: "Tables" }).click();
  await page.getByText("It is paused").waitFor();
  await page.getByRole("button", { name: "Resume" }).click();
  await status("available");
  await page.getByRole("tab", { name: "Events" }).click();
  await page.getByRole("row").nth(2).waitFor();
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByLabel(/^Type shop/).fill("shop");
  await page.keyboard.press("Enter");
  await page.getByText(/^1 clusters?$/).waitFor();
  expect(browser.problems).toEqual([]);
});
