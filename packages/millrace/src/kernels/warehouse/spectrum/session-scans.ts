import type { ScanRequest } from "../../../sql/redshift/bind/name-space.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { SessionHost } from "../session/session-host.ts";
import type { ExternalScan, StatementEvent } from "../system/event-logs.ts";
import { connectObjects, regionOf } from "./connect-objects.ts";
import { asked, scanError } from "./external-errors.ts";
import { externalScan, type ScanFacts } from "./external-scan.ts";
import type { ExternalTable } from "./external-tables.ts";
import { OpenedFiles } from "./opened-files.ts";
import { fileUrl } from "./parquet-files.ts";

interface StartedScan {
  readonly event: StatementEvent;
  readonly external: ExternalTable;
  readonly facts: ScanFacts;
  readonly columns: readonly string[];
}

/** Errors of the engine's readers that do not name the file. */
const readFailure = /^(?:Invalid Error|IO Error|Serialization Error|Invalid Input Error: CSV Error)/;

/** What the statement is that scans. */
export interface ScanningStatement {
  readonly event: StatementEvent;
  readonly engine: { rows(sql: string): Promise<unknown[][]> };
  readonly signal: AbortSignal;
}

/** The external tables that a session's statement reads, and what it has opened for that, until its end. */
export class SessionScans {
  readonly #host: SessionHost;
  #started: StartedScan[] = [];
  #opened: OpenedFiles[] = [];

  constructor(host: SessionHost) {
    this.#host = host;
  }

  /** Engine SQL that stands in FROM. */
  async sql(
    external: ExternalTable,
    scan: Pick<ScanRequest, "columns" | "predicates">,
    { event, engine, signal }: ScanningStatement,
  ): Promise<string> {
    const host = this.#host;
    const opened = new OpenedFiles(host.temporaryDirectory, signal);
    this.#opened.push(opened);
    const region = regionOf(external.schema, host);
    const objects = await connectObjects(external.schema, host, signal);
    const parts = { engine, objects: opened.connected(objects), opened, region, signal };
    const facts = await asked(() => externalScan(external, scan, parts)).catch((error: unknown) => {
      this.#noteError(event, error);
      throw error;
    });
    this.#started.push({ event, external, facts, columns: scan.columns });
    return facts.sql;
  }

  #noteError(event: StatementEvent, error: unknown): void {
    if (!(error instanceof SqlError)) return;
    const message = error.detail ?? error.message;
    this.#host.events.externalMessages.add({ ...event, atMs: this.#host.clock.now(), message });
  }

  /** What the engine says of a file that it cannot read, without the file's place on this machine. */
  translated(error: unknown): unknown {
    if (this.#opened.length === 0 || error instanceof SqlError || !(error instanceof Error)) return error;
    const { message } = error;
    if (message.includes("millrace:")) return error;
    const source = this.#opened.map((opened) => opened.sourceIn(message)).find((file) => file !== undefined);
    if (source === undefined && !readFailure.test(message)) return error;
    const reason = (message.split("\n")[0] ?? "")
      .replace(/^[\w ]+ Error: /, "")
      .replaceAll(/["']?\/[^\s"']+["']?/g, "it");
    if (source === undefined) return scanError(reason, { cause: error });
    const url = fileUrl(source, this.#host.facts.region);
    return scanError(`File '${url}' cannot be read: ${reason}`, { cause: error });
  }

  /** The statement has ended, its rows are read. */
  ended(error: string | undefined): void {
    const [started, opened] = [this.#started, this.#opened];
    if (opened.length === 0) return;
    this.#started = [];
    this.#opened = [];
    const atMs = this.#host.clock.now();
    for (const scan of started) {
      this.#host.events.externalScans.add(logged(scan, atMs, error));
      if (error !== undefined)
        this.#host.events.externalMessages.add({ ...scan.event, atMs, message: error });
    }
    for (const files of opened)
      files
        .close()
        .catch((failure: unknown) =>
          this.#host.log.warn({ err: failure }, "files of a scan were not closed"),
        );
  }
}

/** All rows that are read go to the engine, but for those of row groups and partitions that it passes over. */
function logged(
  { event, external, facts, columns }: StartedScan,
  atMs: number,
  error: string | undefined,
): ExternalScan {
  const { schema, table, keys } = external;
  const storage = table.definition.StorageDescriptor;
  return {
    ...event,
    atMs,
    startedAtMs: event.atMs,
    schemaName: schema.name,
    tableName: table.name,
    location: storage?.Location ?? "",
    fileFormat: facts.format,
    compressed: storage?.Compressed ?? false,
    partitioned: keys.length > 0,
    totalPartitions: facts.totalPartitions,
    qualifiedPartitions: facts.qualifiedPartitions,
    files: facts.files,
    filesSkipped: 0,
    scannedRows: facts.rows,
    scannedBytes: facts.bytes,
    returnedRows: facts.rows,
    returnedBytes: facts.bytes,
    columns,
    error,
  };
}
