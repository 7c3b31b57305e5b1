import { expect, it } from "vitest";
import { codeOf, named, TestAnalytics } from "../test-analytics.ts";

const dashboard = { ...named, UrlType: "FLINK_DASHBOARD_URL" } as const;

it("gives an address that opens the application's page for three minutes", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  const { AuthorizedUrl = "" } = await analytics.run("CreateApplicationPresignedUrl", dashboard);
  const url = new URL(AuthorizedUrl);
  expect(`${url.origin}${url.pathname}`).toBe("http://127.0.0.1:4566/_millrace/applications/delays");
  const open = async (): Promise<number> =>
    (
      await analytics.pages.answer({
        method: "GET",
        path: url.pathname,
        query: url.search.slice(1),
        headers: {},
        body: Buffer.alloc(0),
      })
    ).status;
  expect(await open()).toBe(302);
  analytics.clock.advance(180_000);
  expect(await open()).toBe(403);
});

it("has no pages for what does not run, and for SQL-1_0", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  expect(await codeOf(analytics.run("CreateApplicationPresignedUrl", dashboard))).toBe(
    "ResourceInUseException",
  );
  const studio = { ...named, UrlType: "ZEPPELIN_UI_URL" } as const;
  expect(await codeOf(analytics.run("CreateApplicationPresignedUrl", studio))).toBe(
    "InvalidArgumentException",
  );
  await analytics.create({ ApplicationName: "old", RuntimeEnvironment: "SQL-1_0" });
  const old = analytics.run("CreateApplicationPresignedUrl", { ...dashboard, ApplicationName: "old" });
  expect(await codeOf(old)).toBe("InvalidArgumentException");
});
