import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { prepareAxe, seriousViolations } from "../fixtures/axe.ts";
import { ConsoleInBrowser } from "../fixtures/browser.ts";
import { createStream, kinesisClient } from "../fixtures/kinesis-client.ts";
import { runSql, sales } from "./warehouse-rows.ts";

let browser: ConsoleInBrowser;
beforeAll(async () => {
  browser = await ConsoleInBrowser.start();
  await prepareAxe(browser.page);
  await runSql(browser.millrace.sqlPort, sales);
});
afterAll(() => browser[Symbol.asyncDispose]());

/** Puts a text into the editor and runs it. */
async function run(page: Page, text: string): Promise<void> {
  const editor = page.getByRole("textbox", { name: "Statement", exact: true });
  await editor.click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(text);
  await page.keyboard.press("Control+Enter");
}

const result = (page: Page): ReturnType<Page["getByRole"]> =>
  page.getByRole("grid", { name: "Rows of the result" });

it("runs statements in a session, and shows what they answer as rows, as a chart and as files", async () => {
  const { page } = browser;
  await browser.open("query");
  await run(
    page,
    "create temp table few as select * from sales where city <> 'Chur';\n" +
      "select city, count(*) as n, sum(price) as total from few group by city order by city;",
  );
  await result(page).getByRole("gridcell", { name: "Basel" }).waitFor();
  await page.getByText(/^2 rows · /).waitFor();
  await result(page).getByRole("button", { name: /^city/ }).click();
  await result(page).getByRole("button", { name: /^city/ }).click();
  expect(await result(page).getByRole("gridcell").first().textContent()).toBe("Bern");
  // The temporary table is still there: both are statements of one session.
  await run(page, "select count(*) as left_over from few;");
  await result(page).getByRole("gridcell", { name: "19800" }).waitFor();
  await run(page, "select city, count(*) as n from sales group by city;");
  await page.getByRole("tab", { name: "Chart" }).click();
  await page.getByRole("img", { name: "Chart of the result" }).locator("canvas").waitFor();
  await browser.screenshot("query-chart");
  await page.getByRole("button", { name: "Export" }).click();
  const waiting = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "CSV" }).click();
  const file = await (await waiting).path();
  expect((await readFile(file, "utf8")).split("\r\n")[0]).toBe("city,n");
  expect(browser.problems).toEqual([]);
});

it("runs what was asked for before it knows the clusters", async () => {
  const { page } = browser;
  const asked = Promise.withResolvers<void>();
  await page.route("**/*", async (route) => {
    if (route.request().postData()?.includes("Action=DescribeClusters") === true) await asked.promise;
    await route.continue();
  });
  await browser.open("query");
  await run(page, "select 40 + 2 as early;");
  await page.getByRole("button", { name: "Stop" }).waitFor();
  asked.resolve();
  await result(page).getByRole("gridcell", { name: "42" }).waitFor();
  await page.unrouteAll({ behavior: "wait" });
  expect(browser.problems).toEqual([]);
});

it("marks where a statement is wrong, and does not run those behind it", async () => {
  const { page } = browser;
  await browser.open("query");
  await run(page, "select 1;\nselect cty, 2\nfrom sales;\nselect 3;");
  await page.getByText('ERROR: column "cty" does not exist').waitFor();
  expect(await page.locator(".cm-sqlError").textContent()).toBe("cty");
  await page.getByText("3 ■").click();
  await page.getByText("It was not run").waitFor();
  await run(page, "select 1 frm sales where");
  await page.getByText(/syntax error at or near/).waitFor();
  await page.locator(".cm-sqlError").waitFor();
  expect(browser.problems).toEqual([]);
});

it("draws a plan with what moves between slices, and shows how a table lies on them", async () => {
  const { page } = browser;
  await browser.open("query");
  await run(
    page,
    "explain select e.name, count(*) from sales s join event e on e.id = s.event group by 1 order by 2",
  );
  const steps = page.getByLabel("Steps of the plan");
  await steps
    .getByText(/^DS_(DIST|BCAST)/)
    .first()
    .waitFor();
  await steps.getByText("Seq Scan").first().waitFor();
  await page.getByText("XN HashAggregate", { exact: false }).waitFor();
  await browser.screenshot("query-plan");
  expect(await seriousViolations(page)).toEqual([]);
  await browser.screenshot("query-plan-light", "light");
  expect(await seriousViolations(page)).toEqual([]);
  await browser.open("query?table=public.sales");
  await page.getByRole("dialog").getByText("KEY(city)").waitFor();
  await page
    .getByRole("dialog")
    .getByText(/Skewed: /)
    .waitFor();
  await browser.screenshot("query-slices");
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole("tab", { name: "Columns" }).click();
  await page.getByText("distkey").waitFor();
  expect(browser.problems).toEqual([]);
});

it("keeps statements without their secrets, and opens those of a link", async () => {
  const { page } = browser;
  await browser.open(`query?${new URLSearchParams({ sql: "select 40 + 2 as answer" })}`);
  await run(page, "create user anna password 'Abc12345xyz'");
  await page.getByText("Done.").waitFor();
  await browser.open(`query?${new URLSearchParams({ sql: "select 40 + 2 as answer" })}`);
  await page.getByRole("button", { name: "Run" }).click();
  await result(page).getByRole("gridcell", { name: "42" }).waitFor();
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(kept).toContain("create user anna");
  expect(kept).not.toContain("Abc12345xyz");
  await page.getByRole("button", { name: "History" }).click();
  await page.getByText("create user anna password '***'").first().waitFor();
  await page.keyboard.press("Escape");
  expect(browser.problems).toEqual([]);
});

it("completes names of tables, and puts them into the text", async () => {
  const { page } = browser;
  await browser.open("query");
  await page.getByRole("button", { name: "sales", exact: true }).waitFor();
  const editor = page.getByRole("textbox", { name: "Statement", exact: true });
  await editor.click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("select * from sal");
  await page.getByRole("option", { name: "sales" }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText("select ");
  await page.getByRole("button", { name: "event", exact: true }).click();
  await page.getByRole("button", { name: /^name varchar/ }).click();
  await expect.poll(() => editor.textContent()).toContain("select name");
  expect(browser.problems).toEqual([]);
});

it("scrolls through 10,000 rows, and stops a statement that takes too long", async () => {
  const { page } = browser;
  await browser.open("query");
  await run(page, "select g, 'row ' || g as name from generate_series(1, 12000) as s(g) order by g");
  await page.getByText(/^first 10,000 of 12,000 rows/).waitFor();
  await result(page).evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await result(page).getByRole("gridcell", { name: "row 10000" }).waitFor();
  await run(page, "select count(*) from sales a, sales b, sales c where a.price + b.price > c.price");
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByRole("button", { name: "Run" }).waitFor();
  await browser.open("query/activity");
  await page.getByRole("row").filter({ hasText: "generate_series" }).first().waitFor();
  expect(browser.problems).toEqual([]);
});

it("makes the application of streaming SQL, and shows a table that changes until it is stopped", async () => {
  const { page, millrace } = browser;
  const kinesis = kinesisClient(millrace.url);
  await createStream(kinesis, "clicks");
  kinesis.destroy();
  await browser.open(`query?${new URLSearchParams({ kind: "flink", sql: "SHOW TABLES" })}`);
  await page.getByRole("button", { name: "Create and start “console”" }).click();
  await page.getByRole("button", { name: "clicks" }).waitFor();
  await run(
    page,
    "DROP TEMPORARY TABLE IF EXISTS numbers;\n" +
      "CREATE TEMPORARY TABLE numbers (id INT) WITH ('connector' = 'datagen', 'rows-per-second' = '50');\n" +
      "SELECT COUNT(*) AS n FROM numbers;",
  );
  const first = result(page).getByRole("gridcell").first();
  await first.waitFor();
  const before = await first.textContent();
  await expect.poll(() => first.textContent(), { timeout: 20_000 }).not.toBe(before);
  await browser.screenshot("query-stream");
  expect(await seriousViolations(page)).toEqual([]);
  await page.reload();
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByRole("button", { name: "Run" }).waitFor();
  await run(page, "SELECT nope FROM numbers");
  await page.getByText(/line 1, column 8/).waitFor();
  expect(await page.locator(".cm-sqlError").textContent()).toBe("nope");
  expect(browser.problems).toEqual([]);
});

it("can be used by everybody", async () => {
  const { page } = browser;
  await browser.open("query");
  await page.getByRole("button", { name: "Run" }).waitFor();
  await run(page, "select city, price from sales limit 20");
  await result(page).waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.setViewportSize({ width: 900, height: 800 });
  await page.emulateMedia({ colorScheme: "light" });
  expect(await seriousViolations(page)).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
});
