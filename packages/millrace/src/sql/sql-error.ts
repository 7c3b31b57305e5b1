/** An error of SQL that a client may see, in the fields of PostgreSQL's ErrorResponse. */
export class SqlError extends Error {
  override readonly name = "SqlError";
  /** SQLSTATE: five characters. */
  readonly sqlState: string;
  readonly detail: string | undefined;
  readonly hint: string | undefined;
  /** Where in the statement's text, in UTF-16 units from 0. The wire counts characters from 1. */
  readonly position: number | undefined;

  constructor(sqlState: string, message: string, options: SqlErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.sqlState = sqlState;
    this.detail = options.detail;
    this.hint = options.hint;
    this.position = options.position;
  }
}

export interface SqlErrorOptions {
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
  readonly position?: number | undefined;
  readonly cause?: unknown;
}
