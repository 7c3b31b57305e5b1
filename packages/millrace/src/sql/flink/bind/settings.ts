import { SqlError } from "../../sql-error.ts";
import { elsewhere } from "./bind-error.ts";
import { durationMs } from "./duration.ts";

/** Options of a program that the engine goes by; undefined: not set. */
export interface ProgramSettings {
  readonly pipelineName: string | undefined;
  readonly parallelism: number | undefined;
  readonly timeZone: string;
  /** 0: state is kept for ever. */
  readonly stateTtlMs: number;
  readonly checkpointIntervalMs: number | undefined;
  readonly checkpointMinPauseMs: number | undefined;
  /** 0: sources are never idle. */
  readonly sourceIdleTimeoutMs: number;
  /** All that was set, by key. */
  readonly values: Readonly<Record<string, string>>;
}

type Check = (value: string) => boolean;

const isDuration: Check = (value) => durationMs(value) !== undefined;
const isPositiveInteger: Check = (value) => /^[1-9]\d{0,5}$/.test(value);

/** What the engine goes by, with what a value must look like. */
const honoured: Readonly<Record<string, { readonly check: Check; readonly form: string }>> = Object.freeze({
  "pipeline.name": { check: () => true, form: "a name" },
  "parallelism.default": { check: isPositiveInteger, form: "a positive integer" },
  "table.exec.resource.default-parallelism": {
    check: (value: string) => value === "-1" || isPositiveInteger(value),
    form: "a positive integer",
  },
  "table.local-time-zone": { check: isTimeZone, form: "a time zone such as Europe/Berlin" },
  "table.exec.state.ttl": { check: isDuration, form: "a duration such as 1 h" },
  "execution.checkpointing.interval": { check: isDuration, form: "a duration such as 60 s" },
  "execution.checkpointing.min-pause": { check: isDuration, form: "a duration such as 5 s" },
  "table.exec.source.idle-timeout": { check: isDuration, form: "a duration such as 10 s" },
});

/** What would change results and is not there, with the values that are the same as not setting it. */
const fixed: Readonly<Record<string, readonly string[]>> = Object.freeze({
  "execution.runtime-mode": ["streaming"],
  "table.sql-dialect": ["default"],
  "table.exec.legacy-cast-behaviour": ["disabled"],
  "table.exec.sink.not-null-enforcer": ["error"],
  "table.exec.sink.type-length-enforcer": ["ignore"],
  "table.exec.sink.upsert-materialize": ["auto", "none"],
  "table.exec.source.cdc-events-duplicate": ["false"],
  "table.exec.emit.early-fire.enabled": ["false"],
  "table.exec.emit.late-fire.enabled": ["false"],
  "table.exec.emit.allow-lateness": [],
  "table.exec.emit.early-fire.delay": [],
  "table.exec.emit.late-fire.delay": [],
  "table.column-expansion-strategy": [""],
  "table.dynamic-table-options.enabled": ["true"],
  "table.builtin-catalog-name": ["default_catalog"],
  "table.builtin-database-name": ["default_database"],
  "execution.savepoint.path": [],
  "execution.state-recovery.path": [],
  "execution.checkpointing.mode": ["exactly_once"],
  "execution.checkpointing.unaligned.enabled": ["false", "true"],
});

/** Speed and display: nothing that results depend on, so they are kept without a word. */
const harmlessPrefixes = [
  "sql-client.",
  "table.display.",
  "table.exec.mini-batch.",
  "table.optimizer.",
  "table.exec.window-agg.",
  "table.exec.rank.",
  "table.exec.async-",
  "table.dml-sync",
  "state.",
  "execution.checkpointing.",
  "restart-strategy",
  "taskmanager.",
  "jobmanager.",
  "pipeline.",
] as const;

/** The key as SET keeps it. */
function keyOf(key: string): string {
  return key.trim().toLowerCase();
}

/** SET 'key' = 'value', checked. */
export class SettingValues {
  readonly #initial: ReadonlyMap<string, string>;
  readonly #values: Map<string, string>;

  constructor(initial: Readonly<Record<string, string>>) {
    this.#initial = new Map(Object.entries(initial));
    this.#values = new Map(this.#initial);
  }

  /**
   * @returns a warning when nothing goes by the key
   * @throws SqlError for a value that does not fit, or that asks for what is not there
   */
  set(written: string, value: string, position: number): string | undefined {
    const key = keyOf(written);
    const known = Object.hasOwn(honoured, key) ? honoured[key] : undefined;
    if (known !== undefined && !known.check(value.trim())) {
      throw new SqlError("22023", `'${value}' is no value of '${key}': it takes ${known.form}`, { position });
    }
    const same = Object.hasOwn(fixed, key) ? fixed[key] : undefined;
    if (same !== undefined && !same.includes(value.trim().toLowerCase())) {
      throw elsewhere(`the option '${key}' with the value '${value}'`, position);
    }
    this.#values.set(key, value.trim());
    const isQuiet =
      known !== undefined || same !== undefined || harmlessPrefixes.some((prefix) => key.startsWith(prefix));
    return isQuiet ? undefined : `the option '${key}' is kept, but nothing goes by it`;
  }

  /** RESET 'key', or of all keys. */
  reset(written: string | undefined): void {
    if (written === undefined) {
      this.#values.clear();
      for (const [key, value] of this.#initial) this.#values.set(key, value);
      return;
    }
    const key = keyOf(written);
    const initial = this.#initial.get(key);
    if (initial === undefined) {
      this.#values.delete(key);
    } else {
      this.#values.set(key, initial);
    }
  }

  /** Sorted by key. */
  rows(): readonly (readonly string[])[] {
    return [...this.#values].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  settings(): ProgramSettings {
    const value = (key: string): string | undefined => this.#values.get(key);
    const duration = (key: string): number | undefined => durationMs(value(key) ?? "-");
    const parallelism = Number(
      value("parallelism.default") ?? value("table.exec.resource.default-parallelism") ?? "-1",
    );
    return {
      pipelineName: value("pipeline.name"),
      parallelism: parallelism > 0 ? parallelism : undefined,
      timeZone: timeZoneOf(value("table.local-time-zone")),
      stateTtlMs: duration("table.exec.state.ttl") ?? 0,
      checkpointIntervalMs: duration("execution.checkpointing.interval"),
      checkpointMinPauseMs: duration("execution.checkpointing.min-pause"),
      sourceIdleTimeoutMs: duration("table.exec.source.idle-timeout") ?? 0,
      values: Object.fromEntries(this.rows().map(([key, text]) => [key ?? "", text ?? ""])),
    };
  }
}

function isTimeZone(value: string): boolean {
  try {
    return timeZoneOf(value) !== "";
  } catch {
    return false;
  }
}

/** `default` is UTC, as on AWS; `GMT-08:00` is `-08:00`. @throws RangeError */
function timeZoneOf(value: string | undefined): string {
  if (value === undefined || value.toLowerCase() === "default") {
    return "UTC";
  }
  const zone = /^(?:GMT|UTC)([+-]\d{2}:\d{2})$/.exec(value)?.[1] ?? value;
  return new Intl.DateTimeFormat("en-US", { timeZone: zone }).resolvedOptions().timeZone;
}
