import { expect, it } from "vitest";
import type { HttpResponse } from "../../../gateway/http.ts";
import { named, TestAnalytics } from "../test-analytics.ts";
import type { PageRequest } from "./page-request.ts";

const base = "/_millrace/applications/delays";
const get = (path: string, query: string = "", headers: PageRequest["headers"] = {}): PageRequest => ({
  ...{ method: "GET", path, query, headers, body: Buffer.alloc(0) },
});

/** The session that a presigned URL begins. */
async function sessionOf(
  analytics: TestAnalytics,
  UrlType: "FLINK_DASHBOARD_URL" | "ZEPPELIN_UI_URL",
  SessionExpirationDurationInSeconds: number = 1_800,
): Promise<string> {
  const { AuthorizedUrl = "" } = await analytics.run("CreateApplicationPresignedUrl", {
    ...named,
    UrlType,
    SessionExpirationDurationInSeconds,
  });
  const { pathname, search } = new URL(AuthorizedUrl);
  const answer = await analytics.pages.answer(get(pathname, search.slice(1)));
  return new URL(String(answer.headers["location"]), "http://a").searchParams.get("session") ?? "";
}

async function studio(): Promise<TestAnalytics> {
  const analytics = TestAnalytics.start();
  const RuntimeEnvironment = "ZEPPELIN-FLINK-3_0";
  await analytics.create({
    RuntimeEnvironment,
    ApplicationMode: "INTERACTIVE",
    ApplicationConfiguration: undefined,
  });
  await analytics.run("StartApplication", named);
  await analytics.settle();
  return analytics;
}

function caller(
  analytics: TestAnalytics,
  session: string,
): (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ readonly status: number; readonly value: unknown }> {
  return async (method, path, body) => {
    const answer: HttpResponse = await analytics.pages.answer({
      method,
      path: `${base}/api/${path}`,
      query: "",
      headers: { "x-millrace-session": session },
      body: Buffer.from(body === undefined ? "" : JSON.stringify(body)),
    });
    return { status: answer.status, value: JSON.parse(String(answer.body)) };
  };
}

it("shows the dashboard to a session, and what it asks for", async () => {
  await using analytics = TestAnalytics.start();
  const job = await analytics.running();
  job.figures = { ...job.figures, recordsIn: 12 };
  const session = await sessionOf(analytics, "FLINK_DASHBOARD_URL");
  const page = await analytics.pages.answer(get(base, `session=${session}`));
  expect(page.status).toBe(200);
  expect(page.body).toContain("<h1>delays</h1>");
  expect(page.headers["content-security-policy"]).toMatch(/^default-src 'none'/);
  const { status, value } = await caller(analytics, session)("GET", "status");
  expect(status).toBe(200);
  expect(value).toMatchObject({ application: { status: "RUNNING", version: 1 }, metrics: { recordsIn: 12 } });
  expect((await caller(analytics, session)("GET", "notes")).status).toBe(404);
});

it("ends sessions in time, and with the application", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  const session = await sessionOf(analytics, "FLINK_DASHBOARD_URL");
  analytics.clock.advance(1_799_000);
  expect((await analytics.pages.answer(get(base, `session=${session}`))).status).toBe(200);
  analytics.clock.advance(1_000);
  expect((await analytics.pages.answer(get(base, `session=${session}`))).status).toBe(403);
  const another = await sessionOf(analytics, "FLINK_DASHBOARD_URL");
  await analytics.run("StopApplication", { ...named, Force: true });
  await analytics.settle();
  const { CreateTimestamp } = await analytics.describe();
  await analytics.run("DeleteApplication", { ...named, CreateTimestamp });
  await analytics.settle();
  await analytics.create();
  expect((await analytics.pages.answer(get(base, `session=${another}`))).status).toBe(403);
});

it.each([
  ["no token", ""],
  ["an empty token", "token="],
  ["a forged session", "session=YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo"],
  ["a very long one", `session=${"a".repeat(100_000)}`],
])("lets nobody in with %s", async (_what, query) => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  expect((await analytics.pages.answer(get(base, query))).status).toBe(403);
  const headers = { "x-millrace-session": query.split("=")[1] };
  expect((await analytics.pages.answer(get(`${base}/api/status`, "", headers))).status).toBe(403);
});

it("does not take a URL's token for a session, nor another application's session", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  const { AuthorizedUrl = "" } = await analytics.run("CreateApplicationPresignedUrl", {
    ...named,
    UrlType: "FLINK_DASHBOARD_URL",
  });
  const token = new URL(AuthorizedUrl).searchParams.get("token");
  expect((await analytics.pages.answer(get(base, `session=${token}`))).status).toBe(403);
  const session = await sessionOf(analytics, "FLINK_DASHBOARD_URL");
  await analytics.create({ ApplicationName: "other" });
  const other = get("/_millrace/applications/other", `session=${session}`);
  expect((await analytics.pages.answer(other)).status).toBe(403);
});

it("answers what pages and methods there are", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  const session = await sessionOf(analytics, "FLINK_DASHBOARD_URL");
  expect((await analytics.pages.answer(get(`${base}/else`, `session=${session}`))).status).toBe(404);
  expect((await analytics.pages.answer({ ...get(base, `session=${session}`), method: "POST" })).status).toBe(
    405,
  );
});

it("keeps notes and runs their paragraphs", async () => {
  await using analytics = await studio();
  const session = await sessionOf(analytics, "ZEPPELIN_UI_URL");
  const page = await analytics.pages.answer(get(base, `session=${session}`));
  expect(page.body).toContain("New note");
  const call = caller(analytics, session);
  const made = (await call("POST", "notes", { name: "<b>words</b>" })).value as { readonly id: string };
  const paragraphs = [
    { id: "p1", text: "SELECT 1 /* bounded */" },
    { id: "p2", text: "SELECT 2" },
  ];
  expect((await call("PUT", `notes/${made.id}`, { name: "words", paragraphs })).status).toBe(200);
  expect((await call("GET", "notes")).value).toMatchObject({
    application: { status: "RUNNING" },
    notes: [{ id: made.id, name: "words" }],
  });
  analytics.engine.rows = [{ kind: "+I", values: ["one"] }];
  const run = await call("POST", `notes/${made.id}/paragraphs/p1/run`, { text: "SELECT 1 /* bounded */" });
  expect(run.status).toBe(200);
  let note: unknown;
  for (let turn = 0; turn < 100; turn++) {
    note = (await call("GET", `notes/${made.id}`)).value;
    if (JSON.stringify(note).includes("FINISHED")) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(note).toMatchObject({
    paragraphs: [{ status: "FINISHED", result: { rows: [["one"]] } }, { status: "READY" }],
  });
  expect((await call("POST", `notes/${made.id}/paragraphs/p2/stop`)).status).toBe(409);
  expect((await call("POST", "session/reset")).status).toBe(200);
  expect((await call("DELETE", `notes/${made.id}`)).status).toBe(200);
  expect((await call("GET", `notes/${made.id}`)).status).toBe(404);
});

it.each([
  ["POST", "notes", undefined],
  ["POST", "notes", []],
  ["POST", "notes", { name: 7 }],
  ["PUT", "notes/x", { name: "a", paragraphs: {} }],
  ["PUT", "notes/x", { name: "a", paragraphs: [null] }],
  ["PUT", "notes/x", { name: "a", paragraphs: [{ id: "../", text: "" }] }],
  [
    "PUT",
    "notes/x",
    {
      name: "a",
      paragraphs: [
        { id: "a", text: "" },
        { id: "a", text: "" },
      ],
    },
  ],
  ["GET", "notes/$session", undefined],
  ["PATCH", "notes", undefined],
  ["POST", "notes/a/paragraphs/b/explode", {}],
  ["GET", "nothing", undefined],
])("refuses %s %s %j", async (method, path, body) => {
  await using analytics = await studio();
  const call = caller(analytics, await sessionOf(analytics, "ZEPPELIN_UI_URL"));
  const { status, value } = await call(method, path, body);
  expect([400, 404]).toContain(status);
  expect(value).toHaveProperty("message");
});
