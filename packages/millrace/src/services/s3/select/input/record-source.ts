import type { Evaluator } from "../evaluate/compile.ts";
import type { Path } from "../sql/expression.ts";
import type { Value } from "../value/value.ts";

/** A record as `SELECT *` answers it. */
export interface StarRecord {
  readonly names: readonly string[];
  readonly values: readonly Value[];
}

/** The records of an object, once it is known how they are made. */
export interface RecordSource<Row> {
  /** @throws ServiceError when a path cannot mean anything here. */
  path(path: Path): Evaluator<Row>;
  star(row: Row): StarRecord;
  /** Called once. */
  batches(): AsyncGenerator<readonly Row[]>;
  /** Lets go of the object, also when `batches` was never called. */
  close(): Promise<void>;
}
