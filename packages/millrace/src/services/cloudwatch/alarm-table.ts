import type { Clock, Timer } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import { SerialTasks } from "../../core/serial-tasks.ts";
import type { SqlFile } from "../../core/sql-file.ts";
import type { AlarmDocument, AlarmHistoryRow } from "./alarm.ts";
import { evaluateAlarm } from "./alarm-evaluation.ts";
import { limits } from "./limits.ts";
import type { MetricStore } from "./metric-store.ts";

export const alarmSchema = `
  CREATE TABLE IF NOT EXISTS alarms (
    account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (account, region, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS alarm_history (
    seq INTEGER PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL, time INTEGER NOT NULL,
    type TEXT NOT NULL, summary TEXT NOT NULL, data TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS alarm_history_by_time ON alarm_history (time);`;

export interface AlarmTableDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  readonly file: SqlFile;
  readonly metrics: MetricStore;
  /** Writes what services have published, before it is evaluated. */
  readonly flush: () => Promise<void>;
}

interface Owner {
  readonly account: string;
  readonly region: string;
}

export interface AlarmChange {
  readonly alarm: AlarmDocument;
  readonly history: AlarmHistoryRow;
}

/** Alarms on single metrics and their history. They are evaluated each ten seconds, those that there are. */
export class AlarmTable {
  readonly #parts: AlarmTableDependencies;
  readonly #alarms = new Map<string, AlarmDocument>();
  readonly #changes = new SerialTasks();
  #timer: Timer | undefined;
  #closed = false;

  constructor(dependencies: AlarmTableDependencies) {
    this.#parts = dependencies;
    for (const row of dependencies.file.prepare("SELECT document FROM alarms").all()) {
      const alarm = JSON.parse(String(row["document"])) as AlarmDocument;
      this.#alarms.set(keyOf(alarm, alarm.name), alarm);
    }
    this.#schedule();
  }

  get(owner: Owner, name: string): AlarmDocument | undefined {
    return this.#alarms.get(keyOf(owner, name));
  }

  /** An account's alarms in a region, by name. */
  list({ account, region }: Owner): AlarmDocument[] {
    return [...this.#alarms.values()]
      .filter((alarm) => alarm.account === account && alarm.region === region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * Sets an alarm to what `next` makes of the one that there is, and notes it in the history; both are durable
   * when this resolves. Nothing changes when `next` throws or answers undefined. Changes run one after the
   * other, so that an evaluation and a client do not undo each other's.
   */
  change(
    owner: Owner,
    name: string,
    next: (known: AlarmDocument | undefined) => AlarmChange | undefined,
  ): Promise<void> {
    return this.#changes.run(async () => {
      const change = next(this.get(owner, name));
      if (change === undefined) return;
      const { account, region } = owner;
      const { file } = this.#parts;
      await file.write(() => {
        file
          .prepare("INSERT OR REPLACE INTO alarms VALUES (?, ?, ?, ?)")
          .run(account, region, name, JSON.stringify(change.alarm));
        this.#note(owner, change.history);
      });
      this.#alarms.set(keyOf(owner, name), change.alarm);
      this.#schedule();
    });
  }

  /** Deletes alarms and notes it; `check` may throw, and then nothing is deleted. */
  delete(owner: Owner, history: readonly AlarmHistoryRow[], check: () => void): Promise<void> {
    return this.#changes.run(async () => {
      check();
      const { file } = this.#parts;
      await file.write(() => {
        const remove = file.prepare("DELETE FROM alarms WHERE account = ? AND region = ? AND name = ?");
        for (const row of history) {
          remove.run(owner.account, owner.region, row.name);
          this.#note(owner, row);
        }
      });
      for (const { name } of history) this.#alarms.delete(keyOf(owner, name));
    });
  }

  /** What happened to alarms, the newest first unless told otherwise. */
  *history({ account, region }: Owner, isDown: boolean): Generator<AlarmHistoryRow> {
    const order = isDown ? "DESC" : "ASC";
    const rows = this.#parts.file.prepare(
      `SELECT * FROM alarm_history WHERE account = ? AND region = ? ORDER BY time ${order}, seq ${order}`,
    );
    for (const row of rows.iterate(account, region))
      yield {
        name: String(row["name"]),
        timeMs: Number(row["time"]),
        type: String(row["type"]) as AlarmHistoryRow["type"],
        summary: String(row["summary"]),
        data: String(row["data"]),
      };
  }

  /** Looks at each alarm once. */
  async evaluate(): Promise<void> {
    const { clock, metrics, flush } = this.#parts;
    await flush();
    for (const alarm of [...this.#alarms.values()])
      await this.change(alarm, alarm.name, (known) => {
        const verdict = known && evaluateAlarm(metrics, known, clock.now());
        if (known === undefined || verdict === undefined || verdict.state === known.state) return undefined;
        return withState(known, verdict, clock.now());
      });
  }

  /** Inside a write: forgets old history. */
  sweep(nowMs: number): void {
    this.#parts.file.prepare("DELETE FROM alarm_history WHERE time < ?").run(nowMs - limits.historyMs);
  }

  reset(): Promise<void> {
    return this.#changes.run(async () => {
      const { file } = this.#parts;
      await file.write(() => {
        for (const table of ["alarms", "alarm_history"]) file.prepare(`DELETE FROM ${table}`).run();
      });
      this.#alarms.clear();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#timer?.cancel();
    await this.#changes.settled();
  }

  #note({ account, region }: Owner, { name, timeMs, type, summary, data }: AlarmHistoryRow): void {
    this.#parts.file
      .prepare("INSERT INTO alarm_history VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)")
      .run(account, region, name, timeMs, type, summary, data);
  }

  #schedule(): void {
    if (this.#closed || this.#timer !== undefined || this.#alarms.size === 0) return;
    this.#timer = this.#parts.clock.after(limits.evaluationMs, () => void this.#runEvaluation());
  }

  async #runEvaluation(): Promise<void> {
    try {
      await this.evaluate();
    } catch (error) {
      this.#parts.log.error({ err: error }, `alarms were not evaluated: ${messageOf(error)}`);
    }
    this.#timer = undefined;
    this.#schedule();
  }
}

/** An alarm in another state, and the line of its history. */
export function withState(
  alarm: AlarmDocument,
  next: Pick<AlarmDocument, "state" | "reason" | "reasonData">,
  nowMs: number,
): AlarmChange {
  const { reasonData: _old, ...rest } = alarm;
  const isOther = next.state !== alarm.state;
  const changed = {
    ...rest,
    ...next,
    updatedMs: nowMs,
    transitionedMs: isOther ? nowMs : alarm.transitionedMs,
  };
  const data = {
    version: "1.0",
    oldState: { stateValue: alarm.state, stateReason: alarm.reason },
    newState: { stateValue: next.state, stateReason: next.reason },
  };
  const summary = `Alarm updated from ${alarm.state} to ${next.state}`;
  const row = {
    name: alarm.name,
    timeMs: nowMs,
    type: "StateUpdate",
    summary,
    data: JSON.stringify(data),
  } as const;
  return { alarm: changed, history: row };
}

function keyOf({ account, region }: Owner, name: string): string {
  return `${account}/${region}/${name}`;
}
