import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AttributeValue, CreateTableInput, DynamoDB } from "@aws-sdk/client-dynamodb";
import { assert } from "../../core/assert.ts";
import { ManualClock } from "../../core/clock.ts";
import { ServiceError } from "../../core/errors.ts";
import { type Logger, silentLogger } from "../../core/logger.ts";
import { Store } from "../../core/store.ts";
import type { Call } from "../../gateway/call.ts";
import { ItemDatabase } from "./items/item-database.ts";
import { operations } from "./operations.ts";
import { DynamodbState } from "./state.ts";

const account = "000000000000";
const region = "us-east-1";
const transitionMs = 500;

/** The SDK's method of an operation says what the operation takes and answers. */
type Method<Name extends string> =
  Uncapitalize<Name> extends keyof DynamoDB ? DynamoDB[Uncapitalize<Name>] : never;
type Types<Name extends string> =
  Method<Name> extends (
    input: infer Input,
    options: infer _Options,
    done: (error: unknown, output?: infer Output) => void,
  ) => void
    ? { input: Input; output: Omit<NonNullable<Output>, "$metadata"> }
    : never;
type OperationName = Capitalize<Exclude<keyof DynamoDB, "middlewareStack" | "config" | "destroy" | "send">>;

export interface TestDynamodbOptions {
  /** Keeps documents and items in a directory, so that `restart` finds them again. */
  readonly onDisk?: boolean;
}

/** One DynamoDB without a gateway: its operations are called directly, on a clock that stands still. */
export class TestDynamodb implements AsyncDisposable {
  readonly clock: ManualClock = new ManualClock();
  /** Messages that were logged as warnings or errors. */
  readonly logged: string[] = [];
  readonly directory: string | undefined;
  #parts: { readonly state: DynamodbState; readonly store: Store; readonly database: ItemDatabase };

  private constructor({ onDisk }: TestDynamodbOptions) {
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

  get logger(): Logger {
    const note = (_fields: object, message: string): void => void this.logged.push(message);
    return { ...silentLogger, warn: note, error: note, child: () => this.logger };
  }

  /** Runs an operation as the gateway would, with an input that satisfies the model. */
  async run<Name extends OperationName>(
    name: Name,
    input: Types<Name>["input"],
    call: Partial<Call> = {},
  ): Promise<Types<Name>["output"]> {
    const entry = operations[name];
    assert(entry !== undefined, `DynamoDB has no operation ${name}`);
    return (await entry.run(this.state, input, this.call(name, call))) as Types<Name>["output"];
  }

  /** What the policy engine would be asked about. */
  resources<Name extends OperationName>(name: Name, input: Types<Name>["input"]): readonly string[] {
    return operations[name]?.resources(this.state, input, this.call(name, {})) ?? [];
  }

  call(operation: string, changes: Partial<Call>): Call {
    const owner = changes.account ?? account;
    return {
      requestId: "00000000-0000-0000-0000-000000000000",
      service: "dynamodb",
      operation,
      account: owner,
      region,
      principal: { arn: `arn:aws:iam::${owner}:root`, account: owner, accessKeyId: "test", kind: "root" },
      receivedAt: this.clock.now(),
      signal: new AbortController().signal,
      log: this.logger,
      ...changes,
    };
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

/** The error that a call was refused with; none is a failure of the test. */
export async function errorOf(answer: Promise<unknown>): Promise<ServiceError> {
  const outcome = await answer.then(
    () => "no error",
    (error: unknown) => error,
  );
  if (outcome instanceof ServiceError) return outcome;
  throw outcome instanceof Error ? outcome : new Error("the call was answered, not refused");
}

/** The code of the error that a call was refused with. */
export async function codeOf(answer: Promise<unknown>): Promise<string> {
  return (await errorOf(answer)).code;
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
