import type { Timer } from "../../core/clock.ts";
import type { SqlSession } from "../../kernels/warehouse/sql-session.ts";
import type { SessionDocument } from "./document.ts";

/** A session that outlives its statements, while it is open. */
export interface OpenSession {
  readonly document: SessionDocument;
  /** Undefined until its first statement has connected. */
  sql: SqlSession | undefined;
  /** The statement that runs in it. */
  current: string | undefined;
  timer: Timer | undefined;
}
