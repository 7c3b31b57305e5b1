import type { Socket } from "node:net";
import { connect } from "node:net";
import pg from "pg";
import type { WarehouseAddress } from "./warehouse-client.ts";

export interface Column {
  readonly name: string;
  /** PostgreSQL's number of the type. */
  readonly type: number;
}

/** A row's values as Redshift writes them. */
export type Row = readonly (string | null)[];

/** Takes what a statement answers, as it comes. */
export interface RowSink {
  columns(columns: readonly Column[]): void;
  /** Answers false when it wants no more until `drained`. */
  row(row: Row): boolean;
  drained(): Promise<void>;
}

export interface Finished {
  /** `SELECT`, `INSERT` */
  readonly command: string;
  /** Rows that were changed, or sent. */
  readonly rows: number;
  readonly hasColumns: boolean;
}

/** An error of the warehouse, with what it says beside its message. */
export interface SqlFailure extends Error {
  readonly severity?: string;
  readonly code?: string;
  readonly detail?: string;
  readonly hint?: string;
  /** Characters from the beginning of the statement, from 1. */
  readonly position?: string;
}

/** What `pg` knows of its connection and does not tell in its types. */
interface ConnectedClient {
  readonly connection: { readonly stream: Socket };
  readonly processID: number;
  readonly secretKey: number;
}

const cancelCode = 80_877_102;

/** Runs one statement; its rows go to the sink one by one, so that a large result needs no memory. */
export function runQuery(client: pg.Client, text: string, sink: RowSink): Promise<Finished> {
  const { connection } = client as unknown as ConnectedClient;
  return new Promise((resolve, reject) => {
    const config = { text, rowMode: "array", types: textTypes };
    const query = new (pg.Query as unknown as new (given: typeof config) => RowQuery)(config);
    let sent = 0;
    let hasColumns = false;
    let isPaused = false;
    const takeColumns = (result: QueryResult): void => {
      if (hasColumns || result.fields.length === 0) return;
      hasColumns = true;
      sink.columns(result.fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })));
    };
    query.on("row", (row, result) => {
      takeColumns(result);
      sent++;
      // What has arrived already still comes after the pause.
      if (sink.row(row) || isPaused) return;
      isPaused = true;
      connection.stream.pause();
      void sink.drained().then(() => {
        isPaused = false;
        connection.stream.resume();
      });
    });
    query.on("error", reject);
    query.on("end", (result) => {
      takeColumns(result);
      resolve({ command: result.command ?? "", rows: result.rowCount ?? sent, hasColumns });
    });
    client.query(query as unknown as pg.Submittable);
  });
}

interface QueryResult {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
  readonly command: string | null;
  readonly rowCount: number | null;
}

interface RowQuery {
  on(event: "row", listener: (row: Row, result: QueryResult) => void): void;
  on(event: "error", listener: (error: SqlFailure) => void): void;
  on(event: "end", listener: (result: QueryResult) => void): void;
}

/** Values stay the text that Redshift sent. */
const textTypes = { getTypeParser: () => (value: string) => value } as const;

/** Asks the warehouse to stop what the client runs: by a connection of its own, as the protocol wants it. */
export function cancelQuery(client: pg.Client, { host, port }: WarehouseAddress): void {
  const { processID, secretKey } = client as unknown as ConnectedClient;
  const message = Buffer.alloc(16);
  message.writeInt32BE(16, 0);
  message.writeInt32BE(cancelCode, 4);
  message.writeInt32BE(processID, 8);
  message.writeInt32BE(secretKey, 12);
  const socket = connect(port, host, () => socket.end(message));
  // Nobody to tell: then the statement is not cancelled, and its own connection says why.
  socket.on("error", () => socket.destroy());
}
