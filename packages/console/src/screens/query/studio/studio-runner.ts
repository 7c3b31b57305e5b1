import { resultColumn } from "../result/result-table.ts";
import { type Run, type Runner, RunnerStore } from "../run-state.ts";
import type { SqlStatement } from "../sql/statements.ts";
import { type ApplicationPage, type Note, PageError, type Paragraph } from "./studio-api.ts";

/** How rows of a streaming query are shown. */
export type ResultMode = "update" | "append" | "single";

const pollMs = 500;

interface NoteList {
  readonly notes: readonly Pick<Note, "id" | "name">[];
}

/** Runs a tab's text as the one paragraph of a note of its own, and looks at its result until it ends. */
export class StudioRunner implements Runner {
  readonly store: RunnerStore = new RunnerStore();
  readonly #page: ApplicationPage;
  readonly #name: string;
  #mode: ResultMode = "update";
  #place: { readonly note: string; readonly paragraph: string } | undefined;
  /** Counts runs: a poll of an earlier one says nothing any more. */
  #turn = 0;

  constructor(page: ApplicationPage, noteName: string) {
    this.#page = page;
    this.#name = noteName;
  }

  as(mode: ResultMode): void {
    this.#mode = mode;
  }

  async run(statements: readonly SqlStatement[]): Promise<void> {
    const [statement] = statements;
    if (statement === undefined || this.store.snapshot().isRunning) return;
    const run: Run = { statement, status: "running", startedAt: Date.now() };
    this.store.set({ isRunning: true, runs: [run] });
    this.#turn++;
    try {
      const { note, paragraph } = await this.#paragraph();
      const text = `%flink.ssql(type=${this.#mode})\n${statement.text}`;
      await this.#page.call("POST", `notes/${note}/paragraphs/${paragraph}/run`, { text });
      await this.#watch(this.#turn, note);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** The definitions of all notes; what runs is stopped. */
  async startAnew(): Promise<void> {
    await this.#page.call("POST", "session/reset", {});
  }

  async stop(): Promise<void> {
    const { note, paragraph } = await this.#paragraph();
    await this.#page.call("POST", `notes/${note}/paragraphs/${paragraph}/stop`, {});
  }

  async resume(): Promise<void> {
    if (this.store.snapshot().runs.length > 0) return;
    const known = await this.#known();
    if (known === undefined || this.store.snapshot().runs.length > 0) return;
    const note = await this.#page.call<Note>("GET", `notes/${known}`);
    const [paragraph] = note.paragraphs;
    if (paragraph?.startedMs === undefined) return;
    this.#place = { note: note.id, paragraph: paragraph.id };
    const statement = { text: withoutInterpreter(paragraph.text), start: 0 };
    const run: Run = { statement, status: "running", startedAt: paragraph.startedMs };
    if (paragraph.status !== "RUNNING") {
      this.store.set({ isRunning: false, runs: [{ ...run, ...runOf(paragraph) }] });
      return;
    }
    this.store.set({ isRunning: true, runs: [run] });
    this.#turn++;
    await this.#watch(this.#turn, note.id).catch((error: unknown) => this.#failed(error));
  }

  leave(): void {
    this.#turn++;
  }

  /** Its note goes with the tab, and with it what runs. */
  async dispose(): Promise<void> {
    this.leave();
    const note = await this.#known();
    if (note !== undefined) await this.#page.call("DELETE", `notes/${note}`);
  }

  async #watch(turn: number, note: string): Promise<void> {
    for (;;) {
      const found = await this.#page.call<Note>("GET", `notes/${note}`);
      const [paragraph] = found.paragraphs;
      if (turn !== this.#turn || paragraph === undefined) return;
      this.store.change(0, runOf(paragraph));
      if (paragraph.status !== "RUNNING") break;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    this.store.set({ ...this.store.snapshot(), isRunning: false });
  }

  #failed(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.store.change(0, { status: "failed", message });
    this.store.set({ ...this.store.snapshot(), isRunning: false });
  }

  async #paragraph(): Promise<{ readonly note: string; readonly paragraph: string }> {
    if (this.#place !== undefined && (await this.#isThere(this.#place.note))) return this.#place;
    const known = await this.#known();
    const note =
      known === undefined
        ? await this.#page.call<Note>("POST", "notes", { name: this.#name })
        : await this.#page.call<Note>("GET", `notes/${known}`);
    this.#place = { note: note.id, paragraph: note.paragraphs[0]?.id ?? "" };
    return this.#place;
  }

  /** The tab's note is found again by its name after the page was loaded anew. */
  async #known(): Promise<string | undefined> {
    const { notes } = await this.#page.call<NoteList>("GET", "notes");
    return notes.find(({ name }) => name === this.#name)?.id;
  }

  async #isThere(note: string): Promise<boolean> {
    try {
      await this.#page.call("GET", `notes/${note}`);
      return true;
    } catch (error) {
      if (error instanceof PageError && error.status === 404) return false;
      throw error;
    }
  }
}

const statuses: Readonly<Record<Paragraph["status"], Run["status"]>> = {
  READY: "finished",
  RUNNING: "running",
  FINISHED: "finished",
  ERROR: "failed",
  ABORTED: "stopped",
};

/** What a paragraph shows, as the editor shows it. */
export function runOf(paragraph: Paragraph): Partial<Run> {
  const { status, message, result, startedMs, endedMs } = paragraph;
  return {
    status: statuses[status],
    ...(message !== undefined && { message: withoutHead(message) }),
    ...(startedMs !== undefined && endedMs !== undefined && { durationMs: endedMs - startedMs }),
    ...(result !== undefined && {
      changes: result.changes,
      table: {
        columns: result.columns.map(({ name, type }) => resultColumn(name, type)),
        rows: result.rows.map((row) => row.map((cell) => (cell === "NULL" ? null : cell))),
        totalRows: result.rows.length,
      },
    }),
  };
}

/** The interpreter's line stands before the text: places are one line further up in the editor. */
function withoutHead(message: string): string {
  return message.replace(/^line (\d+),/m, (_, line: string) => `line ${Math.max(1, Number(line) - 1)},`);
}

function withoutInterpreter(text: string): string {
  return text.replace(/^%[^\n]*\n/, "");
}
