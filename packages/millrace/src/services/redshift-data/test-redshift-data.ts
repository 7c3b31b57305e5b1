import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  DescribeStatementResponse,
  ExecuteStatementInput,
  Field,
  RedshiftData,
} from "@aws-sdk/client-redshift-data";
import { ManualClock, systemClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import { MasterKey } from "../../core/master-key.ts";
import { SqlFile } from "../../core/sql-file.ts";
import type { Call, Principal } from "../../gateway/call.ts";
import { account, OperationRunner, region } from "../../gateway/test-operations.ts";
import { PageTokens } from "../../gateway/tokens.ts";
import { Warehouse } from "../../kernels/warehouse/index.ts";
import type { ClusterKey } from "../../kernels/warehouse/warehouse-port.ts";
import { operations } from "./operations.ts";
import { redshiftDataSchema } from "./schema.ts";
import { RedshiftDataState } from "./state.ts";

export { codeOf, refusalOf } from "../../gateway/test-operations.ts";

export const clusterKey: ClusterKey = { account, region, identifier: "sales" };
/** The admin user of the cluster `sales`. */
export const admin = { ClusterIdentifier: "sales", Database: "dev", DbUser: "awsuser" } as const;

/**
 * One Data API without a gateway, in front of the warehouse itself. Its own clock stands still; the warehouse's
 * does not, since a query takes the time that it takes.
 */
export class TestRedshiftData
  extends OperationRunner<RedshiftData, RedshiftDataState>
  implements AsyncDisposable
{
  readonly directory: string;
  readonly warehouse: Warehouse;
  readonly #master = MasterKey.random();
  #parts: { readonly state: RedshiftDataState; readonly file: SqlFile };

  private constructor() {
    // Both clocks must agree on when a login expires.
    super("redshift-data", operations, new ManualClock(systemClock.now()));
    this.directory = mkdtempSync(join(tmpdir(), "millrace-redshift-data-"));
    const dir = join(this.directory, "warehouse");
    this.warehouse = new Warehouse({
      dir,
      durability: "memory",
      clock: systemClock,
      log: silentLogger,
      threads: 2,
    });
    this.#parts = this.#open();
  }

  static async start(): Promise<TestRedshiftData> {
    const test = new TestRedshiftData();
    await test.warehouse.create(clusterKey, {
      ...{ shape: { nodeType: "ra3.xlplus", nodes: 2 }, database: "dev", masterUser: "awsuser" },
      masterPassword: undefined,
      settings: {
        ...{ parameters: {}, roles: [], defaultRole: undefined, admittedRanges: undefined },
        ...{ requireTls: true, enhancedVpcRouting: false },
      },
    });
    await test.state.load();
    return test;
  }

  get state(): RedshiftDataState {
    return this.#parts.state;
  }

  get file(): SqlFile {
    return this.#parts.file;
  }

  #open(): { readonly state: RedshiftDataState; readonly file: SqlFile } {
    const { clock, warehouse, directory } = this;
    const path = join(this.directory, "statements.sqlite");
    const file = new SqlFile({ path, sync: "off", schema: redshiftDataSchema });
    const tokens = new PageTokens({ key: this.#master.derive("page tokens"), clock });
    const results = join(directory, "results");
    const dependencies = { clock, log: this.logger, tokens, warehouse, file, directory: results };
    return { state: new RedshiftDataState(dependencies), file };
  }

  /** Submits a statement of the admin user, unless told otherwise. */
  async submit(
    Sql: string,
    input: Partial<ExecuteStatementInput> = {},
    call: Partial<Call> = {},
  ): Promise<string> {
    const target = input.SessionId === undefined ? admin : {};
    const { Id = "" } = await this.run("ExecuteStatement", { ...target, Sql, ...input }, call);
    return Id;
  }

  /** What DescribeStatement says when it has ended. */
  async ended(Id: string, call: Partial<Call> = {}): Promise<DescribeStatementResponse> {
    const [id = ""] = Id.split(":");
    // The clock stands still: nobody stops waiting before the end.
    await this.state.runner.get(id)?.wait(30, new AbortController().signal);
    return this.run("DescribeStatement", { Id }, call);
  }

  /** Runs a statement to its end. */
  async execute(
    Sql: string,
    input: Partial<ExecuteStatementInput> = {},
    call: Partial<Call> = {},
  ): Promise<DescribeStatementResponse> {
    return this.ended(await this.submit(Sql, input, call), call);
  }

  /** Rows of a statement that must finish, as plain values. */
  async rows(
    Sql: string,
    input: Partial<ExecuteStatementInput> = {},
    call: Partial<Call> = {},
  ): Promise<unknown[][]> {
    const { Id = "", Status, Error: error } = await this.execute(Sql, input, call);
    if (Status !== "FINISHED") throw new Error(`${Status}: ${error}`);
    const { Records = [] } = await this.run("GetStatementResult", { Id }, call);
    return Records.map((record) => record.map(plainValue));
  }

  /** Stops at once, as a crash would, and starts again on the same files. */
  async restart(): Promise<void> {
    this.#parts.file.close();
    this.#parts = this.#open();
    await this.state.load();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.state.close();
    this.#parts.file.close();
    await this.warehouse.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function plainValue(field: Field): unknown {
  if (field.isNull === true) return null;
  return Object.values(field)[0];
}

/** A user, or a session of a role, of the test's account. */
export function principalOf(kind: "user" | "role", name: string, session: string = "s"): Principal {
  const common = { account, accessKeyId: "k", kind } as const;
  if (kind === "user")
    return { ...common, arn: `arn:aws:iam::${account}:user/${name}`, userId: `AIDA${name}` };
  return {
    ...common,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
    roleArn: `arn:aws:iam::${account}:role/${name}`,
    userId: `AROA${name}:${session}`,
  };
}
