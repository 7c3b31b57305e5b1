import { randomUUID } from "node:crypto";
import type { Clock } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import type { Logger } from "../../../core/logger.ts";
import { SerialTasks } from "../../../core/serial-tasks.ts";
import type { SqlFile } from "../../../core/sql-file.ts";
import type { Application } from "../applications/application.ts";
import type { JobHost } from "../running/job-host.ts";
import { parallelismOf } from "../running/transitions.ts";
import { type NoteDocument, noteLimits, type Paragraph } from "./note.ts";
import { NoteTable } from "./note-table.ts";
import { ParagraphRun } from "./paragraph-run.ts";

/** What a browser asked for cannot be done; it reads the message. */
export class StudioError extends Error {
  override readonly name = "StudioError";
  /** Of the HTTP answer. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

interface Parts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly file: SqlFile;
  readonly jobs: JobHost;
}

/** Notes of Studio applications, and the paragraphs that run. */
export class Studio {
  readonly #parts: Parts;
  readonly #notes: NoteTable;
  /** By application and paragraph. */
  readonly #runs = new Map<string, ParagraphRun>();
  readonly #writes = new SerialTasks();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#notes = new NoteTable(parts.file);
  }

  /** What ran when the process ended does not run any more. */
  load(): void {
    for (const { application, note } of this.#notes.unfinished())
      void this.#write(() => this.#notes.put(application, withoutRuns(note)));
  }

  list(application: Application): readonly Pick<NoteDocument, "id" | "name" | "updatedMs">[] {
    const notes = this.#notes.list(application.document.id);
    return notes.map(({ id, name, updatedMs }) => ({ id, name, updatedMs }));
  }

  /** With what its running paragraphs show now. @throws StudioError */
  get(application: Application, id: string): NoteDocument {
    const note = this.#stored(application, id);
    return { ...note, paragraphs: note.paragraphs.map((paragraph) => this.#live(application, paragraph)) };
  }

  /** @throws StudioError */
  async create(application: Application, name: string): Promise<NoteDocument> {
    checkName(name);
    if (this.#notes.list(application.document.id).length >= noteLimits.notes)
      throw new StudioError(409, `An application can have at most ${noteLimits.notes} notes.`);
    const nowMs = this.#parts.clock.now();
    const first: Paragraph = { id: randomUUID(), text: "%flink.ssql\n", status: "READY" };
    const note = { id: randomUUID(), name, createdMs: nowMs, updatedMs: nowMs, paragraphs: [first] };
    await this.#write(() => this.#notes.put(application.document.id, note));
    return note;
  }

  /** Replaces name and texts; paragraphs keep what they showed. @throws StudioError */
  async save(
    application: Application,
    id: string,
    name: string,
    paragraphs: readonly { readonly id: string; readonly text: string }[],
  ): Promise<NoteDocument> {
    checkName(name);
    if (paragraphs.length > noteLimits.paragraphs)
      throw new StudioError(400, `A note can have at most ${noteLimits.paragraphs} paragraphs.`);
    for (const { text } of paragraphs) checkText(text);
    return this.#change(application, id, (note) => ({
      ...note,
      name,
      paragraphs: paragraphs.map(({ id: paragraphId, text }) => {
        const known = note.paragraphs.find((paragraph) => paragraph.id === paragraphId);
        return known === undefined ? { id: paragraphId, text, status: "READY" } : { ...known, text };
      }),
    }));
  }

  /** @throws StudioError */
  async remove(application: Application, id: string): Promise<void> {
    const note = this.#stored(application, id);
    for (const paragraph of note.paragraphs) await this.#runs.get(runKey(application, paragraph.id))?.stop();
    await this.#write(() => this.#notes.remove(application.document.id, id));
  }

  /** Runs a paragraph as its text is now. @throws StudioError */
  async run(application: Application, noteId: string, paragraphId: string, text: string): Promise<void> {
    checkText(text);
    const key = runKey(application, paragraphId);
    if (application.status !== "RUNNING")
      throw new StudioError(409, `The application is ${application.status}: start it first.`);
    if (this.#runs.has(key)) throw new StudioError(409, "The paragraph is running already.");
    const own = [...this.#runs.keys()].filter((other) => other.startsWith(`${application.key} `));
    if (own.length >= noteLimits.running)
      throw new StudioError(409, `At most ${noteLimits.running} paragraphs run at the same time: stop one.`);
    const startedMs = this.#parts.clock.now();
    const engine = await this.#parts.jobs.engine();
    const { document } = application;
    const run = new ParagraphRun(
      {
        engine,
        context: {
          ...{ account: document.account, region: document.region },
          ...{ roleArn: document.current.role, sourceArn: application.arn },
        },
        jobKey: `${application.key}/${paragraphId}`,
        parallelism: parallelismOf(document.current),
        startedMs,
        definitions: () => this.#definitions(application),
        define: (statement) => this.#define(application, statement),
      },
      text,
    );
    this.#runs.set(key, run);
    await this.#change(application, noteId, (note) =>
      withParagraph(note, { id: paragraphId, text, status: "RUNNING", startedMs }),
    ).catch(async (error: unknown) => {
      await run.stop();
      this.#runs.delete(key);
      throw error;
    });
    void this.#ended(application, noteId, { id: paragraphId, text, startedMs }, run);
  }

  /** @throws StudioError */
  async stop(application: Application, paragraphId: string): Promise<void> {
    const run = this.#runs.get(runKey(application, paragraphId));
    if (run === undefined) throw new StudioError(409, "The paragraph is not running.");
    await run.stop();
  }

  /** Forgets all definitions, as a restart of the interpreter does. */
  async resetSession(application: Application): Promise<void> {
    await this.stopped(application);
    await this.#write(() => this.#notes.putSession(application.document.id, []));
  }

  /** The application does not run any more. */
  async stopped(application: Application): Promise<void> {
    for (const [key, run] of this.#runs) if (key.startsWith(`${application.key} `)) await run.stop();
  }

  async reset(): Promise<void> {
    for (const run of this.#runs.values()) await run.stop();
    await this.#writes.settled();
  }

  async close(): Promise<void> {
    await this.reset();
  }

  #definitions(application: Application): string {
    const { current } = application.document;
    const catalog =
      current.configuration.ZeppelinApplicationConfigurationDescription?.CatalogConfigurationDescription
        ?.GlueDataCatalogConfigurationDescription?.DatabaseARN;
    const prelude = catalog === undefined ? [] : glueCatalog(catalog);
    return [...prelude, ...this.#notes.session(application.document.id)]
      .map((statement) => `${statement};\n`)
      .join("");
  }

  async #define(application: Application, statement: string): Promise<void> {
    const { id } = application.document;
    await this.#write(async () => {
      const definitions = [...this.#notes.session(id), statement];
      const chars = definitions.reduce((sum, { length }) => sum + length, 0);
      if (chars > noteLimits.sessionChars)
        throw new StudioError(409, "The session has too many definitions: reset it.");
      await this.#notes.putSession(id, definitions);
    });
  }

  async #ended(
    application: Application,
    noteId: string,
    started: Pick<Paragraph, "id" | "text"> & { readonly startedMs: number },
    run: ParagraphRun,
  ): Promise<void> {
    await run.done;
    const ended = this.#shown({ ...started, status: run.status }, run, noteLimits.keptRows);
    try {
      const endedMs = this.#parts.clock.now();
      await this.#change(application, noteId, (note) => withParagraph(note, { ...ended, endedMs }, true));
    } catch (error) {
      // A note that was deleted keeps no result.
      if (!(error instanceof StudioError))
        this.#parts.log.error({ err: error }, `the result of a paragraph was not kept: ${messageOf(error)}`);
    } finally {
      this.#runs.delete(runKey(application, started.id));
    }
  }

  #live(application: Application, paragraph: Paragraph): Paragraph {
    const run = this.#runs.get(runKey(application, paragraph.id));
    return run === undefined ? paragraph : this.#shown({ ...paragraph, status: run.status }, run);
  }

  #shown(paragraph: Paragraph, run: ParagraphRun, limit?: number): Paragraph {
    const { message } = run;
    const result = run.result(limit);
    return { ...paragraph, ...(message !== undefined && { message }), ...(result && { result }) };
  }

  #stored(application: Application, id: string): NoteDocument {
    const note = this.#notes.get(application.document.id, id);
    if (note === undefined) throw new StudioError(404, "There is no such note.");
    return note;
  }

  #change(
    application: Application,
    id: string,
    next: (note: NoteDocument) => NoteDocument,
  ): Promise<NoteDocument> {
    return this.#write(async () => {
      const note = { ...next(this.#stored(application, id)), updatedMs: this.#parts.clock.now() };
      await this.#notes.put(application.document.id, note);
      return note;
    });
  }

  #write<T>(work: () => Promise<T>): Promise<T> {
    return this.#writes.run(work);
  }
}

const runKey = (application: Application, paragraphId: string): string => `${application.key} ${paragraphId}`;

/** The tables of the database that the application names are there, as in AWS's notes. */
function glueCatalog(databaseArn: string): readonly string[] {
  const name = databaseArn.slice(databaseArn.lastIndexOf("/") + 1);
  return [
    "CREATE CATALOG glue WITH ('type' = 'glue')",
    "USE CATALOG glue",
    `USE \`${name.replaceAll("`", "``")}\``,
  ];
}

function checkName(name: string): void {
  if (name.trim() === "" || name.length > noteLimits.nameChars)
    throw new StudioError(400, `A note's name has 1 to ${noteLimits.nameChars} characters.`);
}

function checkText(text: string): void {
  if (text.length > noteLimits.textChars)
    throw new StudioError(400, `A paragraph can have at most ${noteLimits.textChars} characters.`);
}

/** @param keepsText what was typed meanwhile stays */
function withParagraph(note: NoteDocument, paragraph: Paragraph, keepsText: boolean = false): NoteDocument {
  if (!note.paragraphs.some(({ id }) => id === paragraph.id))
    throw new StudioError(404, "There is no such paragraph.");
  const paragraphs = note.paragraphs.map((known) => {
    if (known.id !== paragraph.id) return known;
    return keepsText ? { ...paragraph, text: known.text } : paragraph;
  });
  return { ...note, paragraphs };
}

function withoutRuns(note: NoteDocument): NoteDocument {
  const paragraphs = note.paragraphs.map((paragraph) =>
    paragraph.status === "RUNNING"
      ? { ...paragraph, status: "ABORTED" as const, message: "Millrace was stopped while the paragraph ran." }
      : paragraph,
  );
  return { ...note, paragraphs };
}
