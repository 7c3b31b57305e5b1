import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AttributeValue, CreateTableInput, DynamoDB } from "@aws-sdk/client-dynamodb";
import { assert } from "../../core/assert.ts";
import { Store } from "../../core/store.ts";
import type { Call } from "../../gateway/call.ts";
import { errorOf, OperationRunner } from "../../gateway/test-operations.ts";
import { ItemDatabase } from "./items/item-database.ts";
import { operations } from "./operations.ts";
import { DynamodbState } from "./state.ts";

export { codeOf, errorOf } from "../../gateway/test-operations.ts";

const transitionMs = 500;

export interface TestDynamodbOptions {
  /** Keeps documents and items in a directory, so that `restart` finds them again. */
  readonly onDisk?: boolean;
}

/** One DynamoDB without a gateway: its operations are called directly, on a clock that stands still. */
export class TestDynamodb extends OperationRunner<DynamoDB, DynamodbState> implements AsyncDisposable {
  readonly directory: string | undefined;
  #parts: { readonly state: DynamodbState; readonly store: Store; readonly database: ItemDatabase };

  private constructor({ onDisk }: TestDynamodbOptions) {
    super("dynamodb", operations);
    this.directory = onDisk ? mkdtempSync(join(tmpdir(), "millrace-dynamodb-")) : undefined;
    this.#parts = this.#open();
  }

  static async start(options: TestDynamodbOptions = {}): Promise<TestDynamodb> {
    const dynamodb = new TestDynamodb(options);
    await dynamodb.state.load();
    return dynamodb;
  }

  #open(): { readonly state: DynamodbState; readonly store: Store; readonly database: ItemDatabase } {
    const { clock, directory, logger: log } = this;
    const path = (name: string): string => (directory ? join(directory, name) : ":memory:");
    const store = new Store({ path: path("state.sqlite"), sync: "off" });
    const database = new ItemDatabase({ path: path("items.sqlite"), isSynced: directory !== undefined, log });
    return { store, database, state: new DynamodbState({ clock, log, store, database, transitionMs }) };
  }

  get state(): DynamodbState {
    return this.#parts.state;
  }

  /** Creates a table, `orders` with the hash key `id` and the range key `seq` unless told otherwise. */
  async table(input: Partial<CreateTableInput> = {}, call: Partial<Call> = {}): Promise<string> {
    const TableName = input.TableName ?? "orders";
    await this.run(
      "CreateTable",
      {
        TableName,
        AttributeDefinitions: [
          { AttributeName: "id", AttributeType: "S" },
          { AttributeName: "seq", AttributeType: "N" },
        ],
        KeySchema: [
          { AttributeName: "id", KeyType: "HASH" },
          { AttributeName: "seq", KeyType: "RANGE" },
        ],
        BillingMode: "PAY_PER_REQUEST",
        ...input,
      },
      call,
    );
    await this.pass();
    return TableName;
  }

  /** Creates a table whose only key is `id`, a text. */
  async plainTable(TableName = "plain"): Promise<string> {
    return this.table({
      TableName,
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    });
  }

  async put(TableName: string, Item: Record<string, AttributeValue>): Promise<void> {
    await this.run("PutItem", { TableName, Item });
  }

  async get(
    TableName: string,
    Key: Record<string, AttributeValue>,
  ): Promise<Record<string, AttributeValue> | undefined> {
    return plain((await this.run("GetItem", { TableName, Key })).Item);
  }

  /** Lets time pass, by default until transitional states end, and waits for what it set off. */
  async pass(ms: number = transitionMs): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.clock.advance(ms);
    await this.state.tables.idle();
  }

  async #close(): Promise<void> {
    await this.state.close();
    this.#parts.database.close();
    this.#parts.store.close();
  }

  /** Stops and starts again on the same directory. */
  async restart(): Promise<void> {
    assert(this.directory !== undefined, "only a DynamoDB on disk can be restarted");
    await this.#close();
    this.#parts = this.#open();
    await this.state.load();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
    if (this.directory !== undefined) rmSync(this.directory, { recursive: true, force: true });
  }
}

/** An answer without what `toEqual` would see of its making. */
export function plain<T>(value: T): T {
  return structuredClone(value);
}

/** The message of the error that a call was refused with. */
export async function messageOf(answer: Promise<unknown>): Promise<string> {
  return (await errorOf(answer)).message;
}

/** A small generator with a seed (mulberry32), uniform in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
