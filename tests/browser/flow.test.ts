import { afterAll, beforeAll, expect, it } from "vitest";
import { ConsoleInBrowser } from "../fixtures/browser.ts";
import { FlowTraffic } from "./flow-traffic.ts";

let browser: ConsoleInBrowser;
let traffic: FlowTraffic;

beforeAll(async () => {
  browser = await ConsoleInBrowser.start({ flags: { "transition-ms": "50" } });
  traffic = new FlowTraffic(browser.millrace);
});

afterAll(async () => {
  await traffic?.[Symbol.asyncDispose]();
  await browser?.[Symbol.asyncDispose]();
});

it("says how to send a first record where there is none", async () => {
  const { page } = browser;
  await browser.open("flow");
  await page.getByText("Nothing flows yet").waitFor();
  const command = await page.getByText("aws kinesis put-record").innerText();
  expect(command).toContain(`AWS_ENDPOINT_URL=${browser.millrace.url}`);
  await browser.screenshot("flow-empty");
  expect(browser.problems).toEqual([]);
});

it("draws what real clients put, read and deliver, without being loaded again", async () => {
  const { page } = browser;
  await traffic.prepare();
  traffic.start();
  await page.getByTestId("stream clicks").waitFor();
  await page
    .getByTestId("producer web-shop")
    .getByText(/rec\/s/)
    .waitFor();
  await page.getByTestId("producer checkout").waitFor();
  await page.getByTestId("consumer fraud-check").waitFor();
  await page.getByTestId("delivery clicks-to-lake").waitFor();
  await page
    .getByTestId("bucket lake")
    .getByText(/objects/)
    .waitFor();
  expect(await traffic.query()).toBeGreaterThan(0);
  await page.getByTestId("table clicks").waitFor();
  await page.getByTestId("cluster millrace").waitFor();
  // A line that is level has no height, which counts as hidden.
  await page.locator(".react-flow__edge-path[data-health='active']").first().waitFor({ state: "attached" });
  expect(browser.problems).toEqual([]);
});

it("shows who falls behind", async () => {
  const { page } = browser;
  await page.getByTestId("consumer recommendations").waitFor();
  await page.locator("[data-health='behind']", { hasText: "behind" }).first().waitFor();
  await browser.screenshot("flow-map");
  await browser.screenshot("flow-map-light", "light");
  await page.emulateMedia({ colorScheme: "dark" });
});

it("keeps every card where it is while figures change", async () => {
  const { page } = browser;
  const places = (): Promise<readonly unknown[]> =>
    page
      .locator(".react-flow__node")
      .evaluateAll((nodes) =>
        nodes.map((node) => [node.getAttribute("data-id"), node.getAttribute("style")]),
      );
  const texts = (): Promise<string[]> =>
    page.locator(".react-flow__edgelabel-renderer > div").allInnerTexts();
  const before = await places();
  const figures = await texts();
  await expect.poll(texts, { timeout: 20_000 }).not.toEqual(figures);
  expect(await places()).toEqual(before);
});

it("tells more of a card, and leads to its screen", async () => {
  const { page } = browser;
  await page.getByTestId("stream clicks").click();
  const panel = page.getByRole("complementary", { name: "Stream clicks" });
  await panel.getByText("Records in").waitFor();
  await panel.getByText("web-shop").waitFor();
  await panel.getByText("arn:aws:kinesis:us-east-1:000000000000:stream/clicks").waitFor();
  expect(page.url()).toContain("node=arn");
  await browser.screenshot("flow-details", "light");
  await page.emulateMedia({ colorScheme: "dark" });
  await panel.getByRole("link", { name: "Open" }).click();
  await page.waitForURL(/console\/streams\/clicks$/);
  await page.goBack();
  await page.getByTestId("stream clicks").waitFor();
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  await page.getByTestId("bucket lake").dblclick();
  await page.waitForURL(/console\/objects\/lake/);
  expect(browser.problems).toEqual([]);
});

it("is used by keys: find, choose, move, zoom", async () => {
  const { page } = browser;
  await browser.open("flow");
  await page.getByTestId("stream orders").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("fraud");
  await page.getByRole("option", { name: /fraud-check/ }).click();
  await page.getByRole("complementary", { name: "Consumer fraud-check" }).waitFor();
  await page.keyboard.press("Escape");
  const view = (): Promise<string> =>
    page.locator(".react-flow__viewport").evaluate((element) => element.getAttribute("style") ?? "");
  await page.locator(".react-flow__pane").click({ position: { x: 5, y: 5 } });
  const before = await view();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(view).not.toBe(before);
  await page.keyboard.press("0");
  await page.getByTestId("producer web-shop").waitFor();
  await page.locator(".react-flow__node", { has: page.getByTestId("delivery audit") }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("complementary", { name: "Delivery stream audit" }).waitFor();
  await page.keyboard.press("o");
  await page.waitForURL(/console\/delivery\/audit/);
});

it("goes quiet when nothing is put any more", async () => {
  await traffic[Symbol.asyncDispose]();
  const { page } = browser;
  await browser.open("flow");
  await page.getByTestId("stream orders").getByText("quiet now").waitFor({ timeout: 60_000 });
  expect(browser.problems).toEqual([]);
});
