import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Column, Glue } from "@aws-sdk/client-glue";
import { MasterKey } from "../../core/master-key.ts";
import { SqlFile } from "../../core/sql-file.ts";
import { Store } from "../../core/store.ts";
import type { Call } from "../../gateway/call.ts";
import { type InputOf, OperationRunner, region } from "../../gateway/test-operations.ts";
import { PageTokens } from "../../gateway/tokens.ts";
import { Catalog, catalogSchema } from "../../kernels/catalog/index.ts";
import { TestKeys } from "./connections/test-keys.ts";
import { operations } from "./operations.ts";
import { GlueState } from "./state.ts";

export { account, codeAndMessageOf, codeOf, refusalOf, region } from "../../gateway/test-operations.ts";

/** What an ARN of the tests' account begins with. */
export const arnPrefix: string = `arn:aws:glue:${region}:000000000000:`;

/** One Glue without a gateway: its operations are called directly, on a clock that stands still. */
export class GlueRunner extends OperationRunner<Glue, GlueState> implements AsyncDisposable {
  readonly directory: string | undefined;
  readonly master: MasterKey = MasterKey.random();
  #parts: { readonly state: GlueState; readonly store: Store; readonly file: SqlFile };

  private constructor(onDisk: boolean) {
    super("glue", operations);
    this.directory = onDisk ? mkdtempSync(join(tmpdir(), "millrace-glue-")) : undefined;
    this.#parts = this.#open();
  }

  /**
   * With the database `shop`.
   * @param options.onDisk keeps what there is, so that `restart` finds it again.
   */
  static async start(options: { readonly onDisk?: boolean } = {}): Promise<GlueRunner> {
    const glue = new GlueRunner(options.onDisk ?? false);
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

  #open(): { readonly state: GlueState; readonly store: Store; readonly file: SqlFile } {
    const { clock, logger, master } = this;
    const path = (name: string) => (this.directory ? join(this.directory, name) : ":memory:");
    const store = new Store({ path: path("state.sqlite"), sync: "off" });
    const file = new SqlFile({ path: path("catalog.sqlite"), sync: "off", schema: catalogSchema });
    const catalog = new Catalog({ file, clock, log: logger });
    const tokens = new PageTokens({ key: master.derive("page tokens"), clock });
    const keys = new TestKeys();
    const state = new GlueState({ clock, log: logger, master, tokens, store, catalog, keys });
    return { state, store, file };
  }

  async #close(): Promise<void> {
    await this.state.close();
    await this.state.catalog.close();
    this.#parts.store.close();
    this.#parts.file.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
    if (this.directory !== undefined) rmSync(this.directory, { recursive: true, force: true });
  }
}
