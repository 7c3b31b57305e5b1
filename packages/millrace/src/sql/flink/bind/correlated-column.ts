import { SqlError } from "../../sql-error.ts";

/** A query uses a column of the one around it, where that is not there. */
export class CorrelatedColumnError extends SqlError {
  constructor(name: string, clause: string, position: number | undefined) {
    super(
      "0A000",
      `the column '${name}' of the query around, in ${clause} of a query inside of it, is not supported; it runs on Apache Flink itself`,
      { position },
    );
  }
}
