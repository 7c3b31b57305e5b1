import type { Connector, Sink, SinkBlock, Source, SourceBlock, Split } from "../connector-port.ts";
import type { ChangelogRow } from "./test-runner.ts";

/** A split of a scripted source: records are JSON texts, positions their numbers. */
export interface WorldSplit {
  readonly id: string;
  readonly after: readonly string[];
  readonly records: string[];
  isClosed: boolean;
}

interface PromptRow {
  readonly writer: string;
  readonly round: number;
  readonly row: ChangelogRow;
}

interface StagedBlock {
  readonly id: string;
  readonly rows: readonly ChangelogRow[];
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
  point: CrashPoint = new CrashPoint();
  /** The most records of one read. */
  maxRead = 3;
  /** Called before rows are written: to throttle, to fail. */
  beforeWrite: () => void = () => undefined;
  isTransient = false;
  readCount = 0;

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

  /** A new process: what was staged and not prepared is gone, listeners are. */
  restart(point: CrashPoint): void {
    this.#listeners.clear();
    this.point = point;
    for (const staged of this.#staged.values()) staged.blocks = [];
  }

  stagedBlocks(): number {
    let count = 0;
    for (const { blocks, prepared } of this.#staged.values()) count += blocks.length + prepared.length;
    return count;
  }

  connectors(): ReadonlyMap<string, Connector> {
    const connectors: readonly Connector[] = [
      {
        name: "script",
        metadata: {},
        openSource: () => {
          this.point.step("open source");
          return Promise.resolve(this.#source());
        },
      },
      this.#sinkConnector("prompt", (writer) => this.#promptSink(writer)),
      this.#sinkConnector("staged", (writer) => this.#stagedSink(writer)),
    ];
    return new Map(connectors.map((connector) => [connector.name, connector]));
  }

  #sinkConnector(name: string, open: (writer: string) => Sink): Connector {
    return {
      name,
      metadata: {},
      sinkMode: () => "all",
      openSink: (table, { producer, subtask }) => {
        this.point.step("open sink");
        return Promise.resolve(open(`${table.path[2]}:${producer}/${subtask}`));
      },
    };
  }

  #source(): Source {
    return {
      isBounded: this.isBounded,
      splits: async () => {
        this.point.step("list splits");
        await Promise.resolve();
        return this.splits.map(({ id, after }): Split => ({ id, after, start: 0 }));
      },
      read: async (id, from, limits) => {
        this.point.step("read");
        this.readCount += 1;
        await Promise.resolve();
        const to = Number(from) + Math.min(this.maxRead, limits.maxRecords);
        return this.#block(id, Number(from), to);
      },
      reread: async (id, from, to) => {
        this.point.step("reread");
        await Promise.resolve();
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
  #promptSink(writer: string): Sink {
    const there = new Map<number, number>();
    return {
      ...this.#noSink("prompt"),
      recover: async (handle) => {
        this.point.step("recover");
        await Promise.resolve();
        for (const row of this.visible.slice(Number(handle ?? 0))) {
          if (row.writer === writer) there.set(row.round, (there.get(row.round) ?? 0) + 1);
        }
      },
      write: async (round, block) => {
        this.point.step("write");
        this.beforeWrite();
        await Promise.resolve();
        const skipped = there.get(round) ?? 0;
        for (const row of rowsOf(block).slice(skipped)) {
          this.point.step("write a row");
          this.visible.push({ writer, round, row });
        }
        this.point.step("written");
      },
      prepare: async () => {
        this.point.step("prepare");
        await Promise.resolve();
        return String(this.visible.length);
      },
    };
  }

  #stagedSink(writer: string): Sink {
    const state = this.#staged.get(writer) ?? { blocks: [], prepared: [] };
    this.#staged.set(writer, state);
    const commit = (handle: string | undefined): void => {
      const ids = new Set(handle === undefined ? [] : (JSON.parse(handle) as string[]));
      for (const block of state.prepared) {
        if (!ids.has(block.id) || this.#committed.has(block.id)) continue;
        this.point.step("commit a block");
        this.#committed.add(block.id);
        for (const row of block.rows) this.visible.push({ writer, round: 0, row });
      }
      state.prepared = state.prepared.filter((block) => !ids.has(block.id));
    };
    return {
      ...this.#noSink("staged"),
      recover: async (handle) => {
        this.point.step("recover");
        await Promise.resolve();
        commit(handle);
        state.prepared = [];
        state.blocks = [];
      },
      write: async (round, block) => {
        this.point.step("stage");
        this.beforeWrite();
        await Promise.resolve();
        state.blocks.push({ id: `${writer}/${round}`, rows: rowsOf(block) });
      },
      prepare: async () => {
        this.point.step("prepare");
        await Promise.resolve();
        state.prepared.push(...state.blocks);
        state.blocks = [];
        return JSON.stringify(state.prepared.map((block) => block.id));
      },
      commit: async (handle) => {
        this.point.step("commit");
        await Promise.resolve();
        commit(handle);
      },
      close: (keep) => {
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

function rowsOf({ bytes, starts, ends, kinds }: SinkBlock): readonly ChangelogRow[] {
  const rows: ChangelogRow[] = [];
  for (let at = 0; at < starts.length; at += 1) {
    const text = Buffer.from(bytes.subarray(starts[at], ends[at])).toString("utf8");
    const values = Object.values(JSON.parse(text) as Record<string, string | number | null>);
    rows.push({ kind: kindTexts[kinds?.[at] ?? 0] ?? "+I", values });
  }
  return rows;
}
