import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Column, Glue } from "@aws-sdk/client-glue";
import { MasterKey } from "../../core/master-key.ts";
import { everyRole, type RoleAccess } from "../../core/role-access.ts";
import { SqlFile } from "../../core/sql-file.ts";
import { Store } from "../../core/store.ts";
import type { Call } from "../../gateway/call.ts";
import { type InputOf, OperationRunner, region } from "../../gateway/test-operations.ts";
import { PageTokens } from "../../gateway/tokens.ts";
import { Catalog, catalogSchema } from "../../kernels/catalog/index.ts";
import { TestKeys } from "./connections/test-keys.ts";
import { crawlSchema } from "./crawlers/crawl-table.ts";
import { NotedLines, TestObjects } from "./crawlers/test-crawlers.ts";
import { operations } from "./operations.ts";
import { GlueState } from "./state.ts";

export { codeOf, refusalOf } from "../../gateway/test-operations.ts";

/** What an ARN of the tests' account begins with. */
export const arnPrefix: string = `arn:aws:glue:${region}:000000000000:`;

interface GlueParts {
  readonly state: GlueState;
  readonly store: Store;
  readonly file: SqlFile;
  readonly crawlFile: SqlFile;
}

/** One Glue without a gateway: its operations are called directly, on a clock that stands still. */
export class GlueRunner extends OperationRunner<Glue, GlueState> implements AsyncDisposable {
  readonly directory: string | undefined;
  readonly master: MasterKey = MasterKey.random();
  /** What crawlers read, and what they wrote of it. */
  readonly objects: TestObjects = new TestObjects(this.clock);
  readonly crawlLog: NotedLines = new NotedLines();
  readonly roles: RoleAccess;
  #parts: GlueParts;

  private constructor(onDisk: boolean, roles: RoleAccess) {
    super("glue", operations);
    this.roles = roles;
    this.directory = onDisk ? mkdtempSync(join(tmpdir(), "millrace-glue-")) : undefined;
    this.#parts = this.#open();
  }

  /**
   * With the database `shop`.
   * @param options.onDisk keeps what there is, so that `restart` finds it again.
   */
  static async start(
    options: { readonly onDisk?: boolean; readonly roles?: RoleAccess } = {},
  ): Promise<GlueRunner> {
    const glue = new GlueRunner(options.onDisk ?? false, options.roles ?? everyRole);
    await glue.state.load();
    await glue.run("CreateDatabase", { DatabaseInput: { Name: "shop" } });
    return glue;
  }

  get state(): GlueState {
    return this.#parts.state;
  }

  /** Creates a table of `shop`, partitioned by the keys: `{ year: "int" }`. */
  async table(
    Name: string,
    keys: Readonly<Record<string, string>> = {},
    more: Partial<InputOf<Glue, "CreateTable">> = {},
    call: Partial<Call> = {},
  ): Promise<void> {
    const PartitionKeys = Object.entries(keys).map(([key, Type]): Column => ({ Name: key, Type }));
    const StorageDescriptor = {
      Columns: [{ Name: "id", Type: "bigint" }],
      Location: `s3://lake/${Name}/`,
    };
    const TableInput = { Name, StorageDescriptor, PartitionKeys, TableType: "EXTERNAL_TABLE" };
    await this.run("CreateTable", { DatabaseName: "shop", TableInput, ...more }, call);
  }

  /** Stops and starts again on the same directory. */
  async restart(): Promise<void> {
    await this.#close();
    this.#parts = this.#open();
    await this.state.load();
  }

  #open(): GlueParts {
    const { clock, logger, master } = this;
    const path = (name: string) => (this.directory ? join(this.directory, name) : ":memory:");
    const store = new Store({ path: path("state.sqlite"), sync: "off" });
    const file = new SqlFile({ path: path("catalog.sqlite"), sync: "off", schema: catalogSchema });
    const catalog = new Catalog({ file, clock, log: logger });
    const tokens = new PageTokens({ key: master.derive("page tokens"), clock });
    const keys = new TestKeys();
    const crawlFile = new SqlFile({ path: path("crawls.sqlite"), sync: "off", schema: crawlSchema });
    const state = new GlueState({
      clock,
      log: logger,
      master,
      tokens,
      store,
      catalog,
      keys,
      crawlFile,
      objects: () => this.objects.open(),
      logs: this.crawlLog,
      roles: this.roles,
    });
    return { state, store, file, crawlFile };
  }

  async #close(): Promise<void> {
    await this.state.close();
    await this.state.catalog.close();
    this.#parts.store.close();
    this.#parts.file.close();
    this.#parts.crawlFile.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
    await this.objects.close();
    if (this.directory !== undefined) rmSync(this.directory, { recursive: true, force: true });
  }
}
