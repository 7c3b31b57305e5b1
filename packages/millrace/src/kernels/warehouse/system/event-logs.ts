/** Entries that a log keeps before it forgets the oldest. AWS keeps days; these are in memory. */
const logCapacityEntries = 10_000;

/** A bounded log: the newest entries, oldest first. */
export class EventLog<T> {
  readonly #capacity: number;
  #entries: T[] = [];

  constructor(capacity: number = logCapacityEntries) {
    this.#capacity = capacity;
  }

  add(entry: T): void {
    this.#entries.push(entry);
    // Cut in half-capacity steps, so that a full log does not move all its entries with each new one.
    if (this.#entries.length > this.#capacity * 1.5) this.#entries = this.#entries.slice(-this.#capacity);
  }

  *[Symbol.iterator](): Iterator<T> {
    const first = Math.max(0, this.#entries.length - this.#capacity);
    for (let index = first; index < this.#entries.length; index++) {
      const entry = this.#entries[index];
      if (entry !== undefined) yield entry;
    }
  }
}

/** Whose statement an event belongs to. */
export interface StatementEvent {
  readonly atMs: number;
  readonly userId: number;
  readonly queryId: number;
  readonly transactionId: number;
  readonly processId: number;
  readonly sessionDatabase: string;
}

/** A row that COPY could not take. */
export interface LoadError extends StatementEvent {
  readonly slice: number;
  readonly tableOid: number;
  readonly tableName: string;
  readonly fileName: string;
  readonly lineNumber: number;
  readonly columnName: string;
  readonly columnType: string;
  readonly columnLength: string;
  /** In the line, in bytes from 0. */
  readonly position: number;
  readonly rawLine: string;
  readonly rawFieldValue: string;
  readonly errorCode: number;
  readonly errorMessage: string;
}

/** One file that COPY read. */
export interface LoadedFile extends StatementEvent {
  readonly slice: number;
  readonly tableOid: number;
  readonly tableName: string;
  readonly bucket: string;
  readonly fileName: string;
  readonly fileFormat: string;
  readonly fileBytes: number;
  readonly lines: number;
  readonly rows: number;
  readonly splits: number;
  readonly errors: number;
  readonly startedAtMs: number;
  /** As the COPY names it: `s3://bucket/prefix`. */
  readonly dataSource: string;
  /** Whether the COPY came to its end. */
  readonly committed: boolean;
}

/** One file that UNLOAD wrote. */
export interface UnloadedFile extends StatementEvent {
  readonly slice: number;
  readonly path: string;
  /** As the UNLOAD names it. */
  readonly location: string;
  readonly fileFormat: string;
  /** `gzip`, `zstd`, `bzip2`; empty for none. */
  readonly compression: string;
  readonly rows: number;
  readonly bytes: number;
  readonly startedAtMs: number;
}

/** One external table that a statement read. */
export interface ExternalScan extends StatementEvent {
  readonly startedAtMs: number;
  readonly schemaName: string;
  readonly tableName: string;
  readonly location: string;
  readonly fileFormat: string;
  readonly compressed: boolean;
  readonly partitioned: boolean;
  readonly totalPartitions: number;
  readonly qualifiedPartitions: number;
  readonly files: number;
  readonly filesSkipped: number;
  readonly scannedRows: number;
  readonly scannedBytes: number;
  readonly returnedRows: number;
  readonly returnedBytes: number;
  readonly columns: readonly string[];
  readonly error: string | undefined;
}

/** A message of the reader of external tables. */
export interface ExternalMessage extends StatementEvent {
  readonly message: string;
}

/** One request to S3. */
export interface ObjectRequest extends StatementEvent {
  readonly action: "GET" | "PUT" | "LIST" | "HEAD" | "DELETE";
  readonly bucket: string;
  readonly key: string;
  readonly bytes: number;
  readonly durationMs: number;
  readonly httpStatus: number;
  readonly error: string | undefined;
}

/** One VACUUM of one table, after its end. */
export interface VacuumEvent extends StatementEvent {
  readonly tableOid: number;
  readonly tableName: string;
  readonly schemaName: string;
  readonly vacuumType: "Full" | "Sort" | "Delete" | "Reindex" | "Recluster";
  readonly outcome: "Finished" | "Skipped" | "Failed";
  readonly automatic: boolean;
  readonly startedAtMs: number;
  readonly before: TableExtent;
  readonly after: TableExtent;
}

export interface TableExtent {
  readonly rows: number;
  readonly sortedRows: number;
  readonly blocks: number;
}

/** One ANALYZE of one table, after its end. */
export interface AnalyzeEvent extends StatementEvent {
  readonly tableOid: number;
  readonly tableName: string;
  readonly schemaName: string;
  readonly outcome: "Full" | "Skipped" | "PredicateColumn" | "Failed";
  readonly rows: number;
  readonly modifiedRows: number;
  readonly thresholdPercent: number;
  readonly automatic: boolean;
  readonly startedAtMs: number;
  readonly previousAtMs: number | undefined;
}

export interface ConnectionEvent {
  readonly atMs: number;
  readonly event:
    | "initiating session"
    | "authenticated"
    | "authentication failure"
    | "disconnecting session"
    | "set application_name";
  readonly client: string;
  readonly processId: number;
  readonly database: string;
  readonly userName: string;
  readonly authMethod: string;
  readonly durationMs: number | undefined;
  readonly tls: boolean;
  readonly applicationName: string;
  readonly driverVersion: string | undefined;
}

/** A user that was made, changed or dropped. */
export interface UserEvent extends StatementEvent {
  readonly changedUserId: number;
  readonly userName: string;
  readonly oldUserName: string;
  readonly action: "create" | "drop" | "alter" | "rename";
  readonly createDatabase: boolean;
  readonly superuser: boolean;
  readonly updateCatalog: boolean;
  readonly validUntilMs: number | undefined;
}

/** A transaction that ended. */
export interface TransactionEvent extends StatementEvent {
  readonly startedAtMs: number;
  readonly status: "committed" | "rolled back";
  readonly isolation: "Serializable" | "Snapshot Isolation";
  /** Undefined for one that was rolled back. */
  readonly commitStartedAtMs: number | undefined;
  readonly changedTableOids: readonly number[];
}

/** A transaction that another made impossible. */
export interface ConflictEvent extends StatementEvent {
  /** When the transaction began. */
  readonly startedAtMs: number;
  readonly tableOid: number;
}

export interface RefreshEvent extends StatementEvent {
  readonly viewOid: number;
  readonly viewName: string;
  readonly schemaName: string;
  readonly startedAtMs: number;
  readonly automatic: boolean;
  readonly status: string;
}

/** What a cluster notes for its STL, SVL and SYS tables; the parts that act add to it. */
export class EventLogs {
  readonly loadErrors: EventLog<LoadError> = new EventLog();
  readonly loadedFiles: EventLog<LoadedFile> = new EventLog();
  readonly unloadedFiles: EventLog<UnloadedFile> = new EventLog();
  readonly externalScans: EventLog<ExternalScan> = new EventLog();
  readonly externalMessages: EventLog<ExternalMessage> = new EventLog();
  readonly objectRequests: EventLog<ObjectRequest> = new EventLog();
  readonly vacuums: EventLog<VacuumEvent> = new EventLog();
  readonly analyzes: EventLog<AnalyzeEvent> = new EventLog();
  readonly connections: EventLog<ConnectionEvent> = new EventLog();
  readonly users: EventLog<UserEvent> = new EventLog();
  readonly transactions: EventLog<TransactionEvent> = new EventLog();
  readonly conflicts: EventLog<ConflictEvent> = new EventLog();
  /** Processes of sessions that the cluster itself has opened. */
  readonly automaticSessions: Set<number> = new Set();
  readonly refreshes: EventLog<RefreshEvent> = new EventLog();
}
