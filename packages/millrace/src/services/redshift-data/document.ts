import type { ColumnMetadata, SqlParameter, StatementStatusString } from "@aws-sdk/client-redshift-data";

/** Everything belongs to an account and a region. */
export interface Owner {
  readonly account: string;
  readonly region: string;
}

/** Whose statement or session it is. */
export interface Runner {
  /** ARN of the user or role. */
  readonly identity: string;
  /** The user's id, or that of the role's session: `AROA...:name`. */
  readonly userId: string;
}

/** A database of a cluster, and who comes to it. */
export interface Target {
  readonly cluster: string;
  readonly database: string;
  readonly dbUser: string;
  /** The database's user is that of the IAM identity, and is made when it is first needed. */
  readonly isIdentity: boolean;
}

export type Status = StatementStatusString;

/** One SQL statement: the only one, or one of a batch. */
export interface Part {
  readonly sql: string;
  status: Status;
  error?: string;
  updatedAtMs: number;
  durationMs: number;
  /** -1 until it is known, here and below. */
  rows: number;
  resultBytes: number;
  queryId: number;
  /** There are rows to be fetched, though it may be none. */
  columns?: readonly ColumnMetadata[];
}

/** What ExecuteStatement and BatchExecuteStatement make; one document. */
export interface StatementDocument extends Owner, Runner, Target {
  readonly id: string;
  readonly name: string | undefined;
  readonly isBatch: boolean;
  readonly mode: "TRANSACTION" | "AUTO_COMMIT";
  readonly format: "JSON" | "CSV";
  readonly parameters: readonly Parameter[];
  readonly sessionId: string | undefined;
  readonly createdAtMs: number;
  readonly parts: readonly Part[];
  status: Status;
  error?: string;
  updatedAtMs: number;
  durationMs: number;
  processId?: number;
}

export type Parameter = { readonly [Name in keyof SqlParameter]: string };

export interface SessionDocument extends Owner, Runner, Target {
  readonly id: string;
  readonly createdAtMs: number;
  keepAliveSeconds: number;
  updatedAtMs: number;
  /** When it ends if it is not used again. */
  expiresAtMs: number;
  closed: boolean;
}

export const isFinal = (status: Status): boolean =>
  status === "FINISHED" || status === "FAILED" || status === "ABORTED";
