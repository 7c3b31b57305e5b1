import { SqlError } from "../../../kernels/warehouse/values/index.ts";
import type { PostgresLimits } from "../limits.ts";
import type { ExactStatement } from "./exact-statement.ts";
import type { Portal } from "./portal.ts";

/** A statement of the extended protocol; without `prepared` its text was empty. */
export interface NamedStatement {
  readonly text: string;
  /** Of its text. */
  readonly bytes: number;
  /** As the client declared its parameters; 0 for what it left open. */
  readonly parameterOids: readonly number[];
  readonly prepared: ExactStatement | undefined;
}

/** A portal; without `run` its statement was empty. */
export interface NamedPortal {
  readonly statement: string;
  readonly text: string;
  /** Of its parameters. */
  readonly bytes: number;
  readonly run: Portal | undefined;
}

/** The prepared statements and portals of one connection, by name. The unnamed ones are replaced, others not. */
export class NamedStatements {
  readonly #statements = new Map<string, NamedStatement>();
  readonly #portals = new Map<string, NamedPortal>();
  readonly #limits: PostgresLimits;
  #bytes = 0;

  constructor(limits: PostgresLimits) {
    this.#limits = limits;
  }

  /** @throws SqlError 42P05 a name that is taken, 53400 too many */
  checkStatement(name: string): void {
    if (name === "") return;
    if (this.#statements.has(name))
      throw new SqlError("42P05", `prepared statement "${name}" already exists`);
    if (this.#statements.size >= this.#limits.maxPreparedStatements)
      throw tooMany(`prepared statements: a connection keeps ${this.#limits.maxPreparedStatements}`);
  }

  /** @throws SqlError 53400 too many bytes */
  setStatement(name: string, statement: NamedStatement): void {
    this.#keep(statement.bytes);
    this.#statements.set(name, statement);
  }

  /** @throws SqlError 26000 */
  statement(name: string): NamedStatement {
    const statement = this.#statements.get(name);
    if (statement !== undefined) return statement;
    throw new SqlError(
      "26000",
      name === ""
        ? "unnamed prepared statement does not exist"
        : `prepared statement "${name}" does not exist`,
    );
  }

  /** @throws SqlError 42P03 a name that is taken, 53400 too many */
  checkPortal(name: string): void {
    if (name === "") return;
    if (this.#portals.has(name)) throw new SqlError("42P03", `cursor "${name}" already exists`);
    if (this.#portals.size >= this.#limits.maxPortals)
      throw tooMany(`portals: a connection keeps ${this.#limits.maxPortals}`);
  }

  /** @throws SqlError 53400 too many bytes */
  setPortal(name: string, portal: NamedPortal): void {
    this.#keep(portal.bytes);
    this.#portals.set(name, portal);
  }

  /** @throws SqlError 34000 */
  portal(name: string): NamedPortal {
    const portal = this.#portals.get(name);
    if (portal === undefined) throw new SqlError("34000", `portal "${name}" does not exist`);
    return portal;
  }

  /** Makes way for another unnamed statement; portals of the former one go on. */
  dropUnnamed(): void {
    this.#forget("");
  }

  /** A statement takes its portals with it. Names that are not there are no error. */
  async closeStatement(name: string): Promise<void> {
    if (!this.#forget(name)) return;
    for (const [portal, entry] of this.#portals) if (entry.statement === name) await this.closePortal(portal);
  }

  async closePortal(name: string): Promise<void> {
    const portal = this.#portals.get(name);
    if (portal === undefined) return;
    this.#portals.delete(name);
    this.#bytes -= portal.bytes;
    await portal.run?.close();
  }

  async closePortals(): Promise<void> {
    for (const name of this.#portals.keys()) await this.closePortal(name);
  }

  #forget(name: string): boolean {
    const statement = this.#statements.get(name);
    if (statement === undefined) return false;
    this.#bytes -= statement.bytes;
    return this.#statements.delete(name);
  }

  #keep(bytes: number): void {
    if (this.#bytes + bytes > this.#limits.maxPreparedBytes)
      throw tooMany(`bytes of prepared statements: a connection keeps ${this.#limits.maxPreparedBytes}`);
    this.#bytes += bytes;
  }
}

function tooMany(what: string): SqlError {
  return new SqlError("53400", `too many ${what}`);
}
