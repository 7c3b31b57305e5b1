import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clock, systemClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import type { SqlCluster } from "./cluster-port.ts";
import type { SqlNotice, SqlSession, StatementResult } from "./sql-session.ts";
import { defaultTextStyle, textOf } from "./values/index.ts";
import { Warehouse } from "./warehouse.ts";
import type { WarehouseOptions } from "./warehouse-options.ts";
import type { ClusterKey, ClusterSpec } from "./warehouse-port.ts";

export const testKey: ClusterKey = { account: "000000000000", region: "us-east-1", identifier: "millrace" };

export const testSpec: ClusterSpec = {
  shape: { nodeType: "ra3.xlplus", nodes: 2 },
  database: "dev",
  masterUser: "awsuser",
  masterPassword: undefined,
  settings: {
    parameters: {},
    roles: [],
    defaultRole: undefined,
    admittedRanges: undefined,
    requireTls: false,
    enhancedVpcRouting: false,
  },
};

/** A session whose answers are read as texts. */
export class TestSession {
  readonly session: SqlSession;
  readonly notices: readonly SqlNotice[];

  constructor(session: SqlSession, notices: readonly SqlNotice[]) {
    this.session = session;
    this.notices = notices;
  }

  /** Runs a script as a simple query does: one implicit transaction. Gives the last statement's rows. */
  async rows(script: string, parameters: readonly (string | null)[] = []): Promise<(string | null)[][]> {
    return (await this.answer(script, parameters)).rows;
  }

  async tag(script: string): Promise<string> {
    return (await this.answer(script)).tag;
  }

  async answer(
    script: string,
    parameters: readonly (string | null)[] = [],
  ): Promise<{
    readonly rows: (string | null)[][];
    readonly tag: string;
    readonly names: readonly string[];
  }> {
    let answer = { rows: [] as (string | null)[][], tag: "", names: [] as readonly string[] };
    for (const statement of this.session.parse(script)) {
      const prepared = await this.session.prepare(statement, []);
      const result = await this.session.execute(prepared, parameters);
      const rows = await readRows(result);
      answer = { rows, tag: result.tag(), names: result.columns?.map(({ name }) => name) ?? [] };
    }
    await this.session.sync();
    return answer;
  }

  /** SQLSTATE and message of the error that the script ends with. */
  async error(script: string): Promise<string> {
    try {
      await this.answer(script);
    } catch (error) {
      await this.session.sync().catch(() => undefined);
      const { sqlState, message } = error as { sqlState?: string; message: string };
      return `${sqlState} ${message}`;
    }
    return "no error";
  }
}

export async function readRows({ batches, columns = [] }: StatementResult): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  for await (const batch of batches) {
    if (batch.kind === "texts") {
      rows.push(...batch.rows.map((row) => [...row]));
      continue;
    }
    const vectors = columns.map((_, index) => batch.chunk.getColumnVector(index));
    for (let row = 0; row < batch.rowCount; row++)
      rows.push(
        columns.map(({ type }, index) => {
          const vector = vectors[index];
          return vector === undefined ? null : textOf(vector, row, type, defaultTextStyle);
        }),
      );
  }
  return rows;
}

/** What a test hands in beside the folder. */
export type TestParts = Partial<
  Pick<WarehouseOptions, "dataCatalog" | "objects" | "readableDirectories" | "memoryLimitBytes">
>;

/** A warehouse in a temporary folder, with one cluster that lets everybody in. */
export class TestWarehouse implements AsyncDisposable {
  readonly directory: string;
  readonly #clock: Clock;
  readonly #parts: TestParts;
  warehouse: Warehouse;

  private constructor(directory: string, clock: Clock, parts: TestParts) {
    this.directory = directory;
    this.#clock = clock;
    this.#parts = parts;
    this.warehouse = this.#open();
  }

  static async start(clock: Clock = systemClock, parts: TestParts = {}): Promise<TestWarehouse> {
    const test = new TestWarehouse(mkdtempSync(join(tmpdir(), "millrace-warehouse-")), clock, parts);
    await test.warehouse.create(testKey, testSpec);
    return test;
  }

  get cluster(): SqlCluster {
    const cluster = this.warehouse.cluster(testKey);
    if (cluster === undefined) throw new Error("the test's cluster is gone");
    return cluster;
  }

  async connect(
    options: {
      readonly user?: string;
      readonly database?: string;
      readonly settings?: Record<string, string>;
    } = {},
  ): Promise<TestSession> {
    const notices: SqlNotice[] = [];
    const session = await this.cluster.openSession({
      user: options.user ?? "awsuser",
      database: options.database ?? "dev",
      client: "127.0.0.1:1",
      applicationName: "",
      tls: false,
      settings: new Map(Object.entries(options.settings ?? {})),
      events: { notice: (notice) => void notices.push(notice), parameter: () => {}, terminated: () => {} },
    });
    return new TestSession(session, notices);
  }

  /** Closes everything and opens it again from its files. */
  async restart(): Promise<void> {
    await this.stop();
    this.start();
  }

  /** Somebody else may open the folder then. */
  stop(): Promise<void> {
    return this.warehouse.close();
  }

  start(): void {
    this.warehouse = this.#open();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.warehouse.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  #open(): Warehouse {
    return new Warehouse({
      dir: this.directory,
      durability: "full",
      clock: this.#clock,
      log: silentLogger,
      threads: 2,
      ...this.#parts,
    });
  }
}
