import { expect, it } from "vitest";
import { named, TestAnalytics } from "../test-analytics.ts";
import type { NoteDocument, Paragraph } from "./note.ts";

const studio = { RuntimeEnvironment: "ZEPPELIN-FLINK-3_0", ApplicationMode: "INTERACTIVE" } as const;

async function started(): Promise<TestAnalytics> {
  const analytics = TestAnalytics.start();
  await analytics.create({ ...studio, ApplicationConfiguration: undefined });
  await analytics.run("StartApplication", named);
  await analytics.settle();
  return analytics;
}

/** Runs a text in the first paragraph of a note. */
async function ran(analytics: TestAnalytics, note: NoteDocument, text: string): Promise<void> {
  await analytics.state.studio.run(analytics.application, note.id, note.paragraphs[0]?.id ?? "", text);
}

const first = (analytics: TestAnalytics, note: NoteDocument): Paragraph | undefined =>
  analytics.state.studio.get(analytics.application, note.id).paragraphs[0];

async function ended(analytics: TestAnalytics, note: NoteDocument): Promise<Paragraph | undefined> {
  await analytics.until(() => first(analytics, note)?.endedMs !== undefined);
  return first(analytics, note);
}

it("starts and stops without a job", async () => {
  await using analytics = await started();
  expect((await analytics.describe()).ApplicationStatus).toBe("RUNNING");
  expect(analytics.engine.jobs.size).toBe(0);
  await analytics.run("StopApplication", named);
  await analytics.settle();
  expect((await analytics.describe()).ApplicationStatus).toBe("READY");
});

it("shows the rows of a query while it runs, and keeps them", async () => {
  await using analytics = await started();
  const note = await analytics.state.studio.create(analytics.application, "words");
  analytics.engine.rows = [{ kind: "+I", values: ["hello"] }];
  await ran(analytics, note, "%flink.ssql(type=append)\nSELECT word FROM words");
  await analytics.until(() => first(analytics, note)?.result !== undefined);
  expect(first(analytics, note)).toMatchObject({ status: "RUNNING", result: { rows: [["hello"]] } });
  await analytics.state.studio.stop(analytics.application, note.paragraphs[0]?.id ?? "");
  expect(await ended(analytics, note)).toMatchObject({ status: "ABORTED", result: { rows: [["hello"]] } });
  await analytics.restart();
  expect(first(analytics, note)).toMatchObject({ status: "ABORTED", result: { rows: [["hello"]] } });
});

it("remembers definitions until the session is reset", async () => {
  await using analytics = await started();
  const note = await analytics.state.studio.create(analytics.application, "words");
  await ran(analytics, note, "CREATE TABLE words (word STRING); CREATE VIEW v AS SELECT 1");
  expect(await ended(analytics, note)).toMatchObject({ status: "FINISHED", message: "Done.\nDone." });
  await ran(analytics, note, "EXPLAIN INSERT INTO words SELECT 1");
  const plan = (await ended(analytics, note))?.result?.rows[0]?.[0];
  expect(plan).toBe("plan of 61 characters");
  await analytics.restart();
  await ran(analytics, note, "EXPLAIN INSERT INTO words SELECT 1");
  expect((await ended(analytics, note))?.result?.rows[0]?.[0]).toBe(plan);
  await analytics.state.studio.resetSession(analytics.application);
  await ran(analytics, note, "EXPLAIN INSERT INTO words SELECT 1");
  expect((await ended(analytics, note))?.result?.rows[0]?.[0]).toBe("plan of 0 characters");
});

it("does not repeat what a catalog keeps", async () => {
  await using analytics = await started();
  const note = await analytics.state.studio.create(analytics.application, "words");
  await ran(analytics, note, "CREATE TABLE glue.db.words (word STRING)");
  expect((await ended(analytics, note))?.status).toBe("FINISHED");
  await ran(analytics, note, "EXPLAIN INSERT INTO words SELECT 1");
  expect((await ended(analytics, note))?.result?.rows[0]?.[0]).toBe("plan of 0 characters");
});

it("says what is wrong with a paragraph", async () => {
  await using analytics = await started();
  const note = await analytics.state.studio.create(analytics.application, "words");
  const failureOf = async (text: string): Promise<string | undefined> => {
    await ran(analytics, note, text);
    const paragraph = await ended(analytics, note);
    expect(paragraph?.status).toBe("ERROR");
    return paragraph?.message;
  };
  expect(await failureOf("SELECT WRONG")).toBe('line 1, column 8: unexpected "WRONG"');
  expect(await failureOf("%flink.ssql\nSET 'a' = 'b';\n  SELECT WRONG")).toBe(
    'Done.\nline 3, column 10: unexpected "WRONG"',
  );
  expect(await failureOf("%flink.pyflink\nprint(1)")).toMatch(/^%flink.pyflink needs an Apache Flink/);
  expect(await failureOf("SELECT 1 /* bounded */; SELECT 2")).toMatch(/must be the last statement/);
  expect(await failureOf("INSERT INTO FAILS SELECT 1")).toBe("a table has no stream");
});

it("runs an INSERT as a job until it is stopped", async () => {
  await using analytics = await started();
  const note = await analytics.state.studio.create(analytics.application, "words");
  await ran(analytics, note, "INSERT INTO a SELECT 1");
  await analytics.until(() => analytics.engine.jobs.size === 1);
  expect(first(analytics, note)?.message).toMatch(/The job is running: 0 records in, 0 out\./);
  await analytics.run("StopApplication", named);
  await analytics.settle();
  expect((await ended(analytics, note))?.status).toBe("ABORTED");
  expect(analytics.engine.jobs.size).toBe(0);
});

it("ends what ran when Millrace is stopped in the middle", async () => {
  await using analytics = await started();
  const note = await analytics.state.studio.create(analytics.application, "words");
  await ran(analytics, note, "SELECT word FROM words");
  await analytics.abandon();
  await analytics.until(() => first(analytics, note)?.status === "ABORTED");
  expect(first(analytics, note)?.message).toBe("Millrace was stopped while the paragraph ran.");
});

it("bounds notes, paragraphs, texts and what runs", async () => {
  await using analytics = await started();
  const { studio: service } = analytics.state;
  const { application } = analytics;
  const note = await service.create(application, "many");
  await expect(service.create(application, " ")).rejects.toThrow(/name has 1 to 128 characters/);
  const paragraphs = Array.from({ length: 201 }, (_, index) => ({ id: `p${index}`, text: "SELECT 1" }));
  await expect(service.save(application, note.id, "many", paragraphs)).rejects.toThrow(
    /at most 200 paragraphs/,
  );
  await service.save(application, note.id, "many", paragraphs.slice(0, 20));
  for (let index = 0; index < 16; index++) await service.run(application, note.id, `p${index}`, "SELECT 1");
  await expect(service.run(application, note.id, "p16", "SELECT 1")).rejects.toThrow(/At most 16 paragraphs/);
  await expect(service.run(application, note.id, "p1", "SELECT 1")).rejects.toThrow(/running already/);
  await expect(service.run(application, note.id, "p17", "x".repeat(100_001))).rejects.toThrow(
    /100000 characters/,
  );
  await service.remove(application, note.id);
  expect(service.list(application)).toEqual([]);
});

it("does not run paragraphs of what does not run, nor those that are not there", async () => {
  await using analytics = await started();
  const note = await analytics.state.studio.create(analytics.application, "words");
  const { studio: service } = analytics.state;
  await expect(service.run(analytics.application, note.id, "none", "SELECT 1")).rejects.toThrow(
    "no such paragraph",
  );
  await analytics.run("StopApplication", named);
  await analytics.settle();
  await expect(ran(analytics, note, "SELECT 1")).rejects.toThrow("The application is READY: start it first.");
});
