import type { PreparedStatement, SqlSession } from "../../../kernels/warehouse/sql-session.ts";
import { exactTypes, type SqlType } from "../../../kernels/warehouse/values/index.ts";

type Types = readonly (SqlType | undefined)[];

/** A prepared statement, and what it is for the digits of the decimals that were bound last: batches often repeat them. */
export class ExactStatement {
  readonly prepared: PreparedStatement;
  readonly #declared: Types;
  #types: Types;
  #exact: PreparedStatement;

  constructor(prepared: PreparedStatement, declared: Types) {
    this.prepared = prepared;
    this.#declared = declared;
    this.#types = declared;
    this.#exact = prepared;
  }

  async of(parameters: readonly (string | null)[], session: SqlSession): Promise<PreparedStatement> {
    const types = exactTypes(this.#declared, this.prepared.parameterTypes, parameters);
    if (types === this.#declared) return this.prepared;
    if (types.some((type, index) => !isSame(type, this.#types[index]))) {
      this.#exact = await session.prepare(this.prepared.statement, types);
      this.#types = types;
    }
    return this.#exact;
  }
}

function isSame(left: SqlType | undefined, right: SqlType | undefined): boolean {
  return (
    left === right ||
    (left?.name === right?.name && left?.precision === right?.precision && left?.scale === right?.scale)
  );
}
