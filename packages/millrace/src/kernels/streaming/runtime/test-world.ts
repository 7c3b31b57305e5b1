import type { Connector, Sink, SinkBlock, Source, SourceBlock, Split } from "../connector-port.ts";
import type { ChangelogRow } from "./test-runner.ts";

/** A split of a scripted source: records are JSON texts, positions their numbers. */
export interface WorldSplit {
  readonly id: string;
  readonly after: readonly string[];
  readonly records: string[];
  isClosed: boolean;
}

interface WrittenRow extends ChangelogRow {
  readonly text: string;
}

interface PromptRow {
  readonly writer: string;
  readonly round: number;
  readonly row: WrittenRow;
}

interface StagedBlock {
  readonly id: string;
  readonly rows: readonly WrittenRow[];
}

/** Counts what happens, and ends the process at one of the steps: nothing after it has any effect. */
export class CrashPoint {
  readonly #at: number;
  count = 0;
  isDead = false;

  constructor(at: number = Number.POSITIVE_INFINITY) {
    this.#at = at;
  }

  step(what: string): void {
    this.count += 1;
    if (this.count >= this.#at) this.isDead = true;
    this.check(what);
  }

  check(what: string = "its answer"): void {
    if (this.isDead) throw new Error(`the process ended before: ${what}`);
  }
}

/** What is outside of the process: streams that are read, and what was written. It outlives crashes. */
export class World {
  readonly splits: WorldSplit[] = [];
  /** No more splits will be added. */
  isBounded = false;
  readonly visible: PromptRow[] = [];
  readonly #committed = new Set<string>();
  #staged = new Map<string, { blocks: StagedBlock[]; prepared: StagedBlock[] }>();
  readonly #listeners = new Set<(split?: string) => void>();
  /** The most records of one read. */
  maxRead = 3;
  /** Called before rows are written: to throttle, to fail. */
  beforeWrite: () => void = () => undefined;
  isTransient = false;
  beforeOpen: () => void = () => undefined;
  readCount = 0;
  /** Splits that were being read at a time, at most. */
  mostReads = 0;
  #reads = 0;
  /** Rows that a repeated round gave otherwise than before. */
  readonly differences: string[] = [];
  /** How things outside take their time: another way in each run. */
  random: () => number = () => 0;

  split(id: string, after: readonly string[] = []): WorldSplit {
    const split: WorldSplit = { id, after, records: [], isClosed: false };
    this.splits.push(split);
    return split;
  }

  changed(split?: string): void {
    for (const listener of this.#listeners) listener(split);
  }

  /** The rows that any reader of the sinks' target sees. */
  rows(table: string): readonly ChangelogRow[] {
    return this.visible.filter(({ writer }) => writer.startsWith(`${table}:`)).map(({ row }) => row);
  }

  /** The records as they were written. */
  texts(table: string): readonly string[] {
    const mine = this.visible.filter(({ writer }) => writer.startsWith(`${table}:`));
    return mine.map(({ row }) => row.text);
  }

  /** A new process: what was staged and not prepared is gone, listeners are. */
  restart(): void {
    this.#listeners.clear();
    for (const staged of this.#staged.values()) staged.blocks = [];
  }

  stagedBlocks(): number {
    let count = 0;
    for (const { blocks, prepared } of this.#staged.values()) count += blocks.length + prepared.length;
    return count;
  }

  /** As a process reaches the world, until it ends. */
  connectors(point: CrashPoint): ReadonlyMap<string, Connector> {
    const connectors: readonly Connector[] = [
      {
        name: "script",
        metadata: {},
        openSource: () => {
          point.step("open source");
          this.beforeOpen();
          return Promise.resolve(this.#source(point));
        },
      },
      this.#sinkConnector("prompt", point, (writer) => this.#promptSink(writer, point)),
      this.#sinkConnector("staged", point, (writer) => this.#stagedSink(writer, point)),
    ];
    return new Map(connectors.map((connector) => [connector.name, connector]));
  }

  async #pause(point: CrashPoint): Promise<void> {
    const turns = Math.floor(this.random() * 3);
    for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    point.check();
  }

  #sinkConnector(name: string, point: CrashPoint, open: (writer: string) => Sink): Connector {
    return {
      name,
      metadata: {},
      sinkMode: () => "all",
      openSink: (table, { producer, subtask }) => {
        point.step("open sink");
        return Promise.resolve(open(`${table.path[2]}:${producer}/${subtask}`));
      },
    };
  }

  #source(point: CrashPoint): Source {
    const isBounded = (): boolean => this.isBounded;
    return {
      get isBounded() {
        return isBounded();
      },
      splits: async () => {
        point.step("list splits");
        await this.#pause(point);
        return this.splits.map(({ id, after }): Split => ({ id, after, start: 0 }));
      },
      read: async (id, from, limits) => {
        point.step("read");
        this.readCount += 1;
        this.#reads += 1;
        this.mostReads = Math.max(this.mostReads, this.#reads);
        await this.#pause(point);
        this.#reads -= 1;
        const most = 1 + Math.floor(this.random() * this.maxRead);
        const to = Number(from) + Math.min(most, limits.maxRecords);
        return this.#block(id, Number(from), to);
      },
      reread: async (id, from, to) => {
        point.step("reread");
        await this.#pause(point);
        return this.#block(id, Number(from), Number(to));
      },
      onChange: (listener) => {
        this.#listeners.add(listener);
        return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
      },
      close: () => Promise.resolve(),
    };
  }

  #block(id: string, from: number, to: number): SourceBlock {
    const split = this.splits.find((known) => known.id === id);
    const records = split?.records.slice(from, to) ?? [];
    const parts = records.map((record) => Buffer.from(record));
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    const starts = new Uint32Array(parts.length);
    const ends = new Uint32Array(parts.length);
    let at = 0;
    for (const [index, part] of parts.entries()) {
      bytes.set(part, at);
      starts[index] = at;
      at += part.length;
      ends[index] = at;
    }
    const next = from + records.length;
    const isEnd = split?.isClosed === true && next === split.records.length;
    return { bytes, starts, ends, metadata: {}, next, isEnd };
  }

  /** Rows become visible one by one; a round that was cut off is filled up when it is repeated. */
  #promptSink(writer: string, point: CrashPoint): Sink {
    const there = new Map<number, WrittenRow[]>();
    return {
      ...this.#noSink("prompt"),
      recover: async (handle) => {
        point.step("recover");
        await this.#pause(point);
        for (const row of this.visible.slice(Number(handle ?? 0))) {
          if (row.writer === writer) there.set(row.round, [...(there.get(row.round) ?? []), row.row]);
        }
      },
      write: async (round, block) => {
        point.step("write");
        this.beforeWrite();
        await this.#pause(point);
        const known = there.get(round) ?? [];
        const rows = rowsOf(block);
        for (const [index, row] of known.entries()) {
          const [before, now] = [JSON.stringify(row), JSON.stringify(rows[index])];
          if (before !== now) this.differences.push(`${writer} round ${round}: ${before} became ${now}`);
        }
        for (const row of rows.slice(known.length)) {
          point.step("write a row");
          this.visible.push({ writer, round, row });
        }
        point.step("written");
      },
      prepare: async () => {
        point.step("prepare");
        await this.#pause(point);
        return String(this.visible.length);
      },
    };
  }

  #stagedSink(writer: string, point: CrashPoint): Sink {
    const state = this.#staged.get(writer) ?? { blocks: [], prepared: [] };
    this.#staged.set(writer, state);
    const commit = (handle: string | undefined): void => {
      const ids = new Set(handle === undefined ? [] : (JSON.parse(handle) as string[]));
      for (const block of state.prepared) {
        if (!ids.has(block.id) || this.#committed.has(block.id)) continue;
        point.step("commit a block");
        this.#committed.add(block.id);
        for (const row of block.rows) this.visible.push({ writer, round: 0, row });
      }
      state.prepared = state.prepared.filter((block) => !ids.has(block.id));
    };
    return {
      ...this.#noSink("staged"),
      recover: async (handle) => {
        point.step("recover");
        await this.#pause(point);
        commit(handle);
        state.prepared = [];
        state.blocks = [];
      },
      write: async (round, block) => {
        point.step("stage");
        this.beforeWrite();
        await this.#pause(point);
        state.blocks.push({ id: `${writer}/${round}`, rows: rowsOf(block) });
      },
      prepare: async () => {
        point.step("prepare");
        await this.#pause(point);
        state.prepared.push(...state.blocks);
        state.blocks = [];
        return JSON.stringify(state.prepared.map((block) => block.id));
      },
      commit: async (handle) => {
        point.step("commit");
        await this.#pause(point);
        commit(handle);
      },
      close: (keep) => {
        point.check();
        if (!keep) Object.assign(state, { blocks: [], prepared: [] });
        return Promise.resolve();
      },
    };
  }

  #noSink(
    visibility: "prompt" | "staged",
  ): Pick<Sink, "commit" | "close" | "isTransient" | "guarantee" | "visibility"> {
    return {
      guarantee: "exactly-once",
      visibility,
      commit: () => Promise.resolve(),
      close: () => Promise.resolve(),
      isTransient: () => this.isTransient,
    };
  }
}

const kindTexts = ["+I", "-U", "+U", "-D"] as const;

function rowsOf({ bytes, starts, ends, kinds }: SinkBlock): readonly WrittenRow[] {
  const rows: WrittenRow[] = [];
  for (let at = 0; at < starts.length; at += 1) {
    const text = Buffer.from(bytes.subarray(starts[at], ends[at])).toString("utf8");
    const values = Object.values(JSON.parse(text) as Record<string, string | number | null>);
    rows.push({ kind: kindTexts[kinds?.[at] ?? 0] ?? "+I", values, text });
  }
  return rows;
}
