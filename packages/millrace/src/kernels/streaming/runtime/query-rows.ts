import type { Connector, Sink, SinkBlock } from "../connector-port.ts";
import type { InteractiveQuery } from "../engine-port.ts";

type Rows = InteractiveQuery["rows"] extends AsyncIterable<infer R> ? R : never;
type Row = Rows[number];

const kindTexts = ["+I", "-U", "+U", "-D"] as const;
/** Rows that wait to be fetched; above it the query stands still. */
const maxWaitingRows = 10_000;

/** The name of the connector whose table takes the rows of a query. No program can name it. */
export const queryConnectorName = "\u0000query";

/** Hands the rows of a query out as they come; whoever does not fetch them holds the query back. */
export class QueryRows implements AsyncIterable<Rows> {
  #waiting: Row[] = [];
  #fetch: (() => void) | undefined;
  #taken: (() => void) | undefined;
  #end: { readonly error: Error | undefined } | undefined;

  /** Resolves when there is room for more. */
  async put(rows: readonly Row[]): Promise<void> {
    for (const row of rows) this.#waiting.push(row);
    this.#fetch?.();
    while (this.#waiting.length > maxWaitingRows && this.#end === undefined) {
      await new Promise<void>((resolve) => {
        this.#taken = resolve;
      });
    }
  }

  end(error: Error | undefined): void {
    this.#end ??= { error };
    this.#fetch?.();
    this.#taken?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Rows> {
    for (;;) {
      if (this.#waiting.length > 0) {
        const rows = this.#waiting;
        this.#waiting = [];
        this.#taken?.();
        yield rows;
        continue;
      }
      if (this.#end?.error !== undefined) throw this.#end.error;
      if (this.#end !== undefined) return;
      await new Promise<void>((resolve) => {
        this.#fetch = resolve;
      });
    }
  }
}

/** The connector of one query's sink: JSON objects whose members are the columns. */
export function queryConnector(rows: QueryRows, columns: readonly string[]): Connector {
  const sink: Sink = {
    guarantee: "exactly-once",
    visibility: "prompt",
    write: (_round, block) => rows.put(decode(block, columns)),
    prepare: () => Promise.resolve(""),
    commit: () => Promise.resolve(),
    recover: () => Promise.resolve(),
    isTransient: () => false,
    close: () => Promise.resolve(),
  };
  return {
    name: queryConnectorName,
    metadata: {},
    sinkMode: () => "all",
    sinkEncoding: () => ({ format: "json", keys: undefined, leaveOut: [] }),
    openSink: () => Promise.resolve(sink),
  };
}

function decode({ bytes, starts, ends, kinds }: SinkBlock, columns: readonly string[]): Row[] {
  const text = new TextDecoder();
  const rows: Row[] = [];
  for (let at = 0; at < starts.length; at += 1) {
    const json = text.decode(bytes.subarray(starts[at], ends[at]));
    const fields = JSON.parse(json) as Readonly<Record<string, unknown>>;
    const kind = kindTexts[kinds?.[at] ?? 0] ?? "+I";
    rows.push({ kind, values: columns.map((column) => fields[column] ?? null) });
  }
  return rows;
}
