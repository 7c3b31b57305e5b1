import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KeyMetadata, KMS } from "@aws-sdk/client-kms";
import { assert } from "../../core/assert.ts";
import { ManualClock } from "../../core/clock.ts";
import { ServiceError } from "../../core/errors.ts";
import { type Logger, silentLogger } from "../../core/logger.ts";
import { MasterKey } from "../../core/master-key.ts";
import { Store } from "../../core/store.ts";
import type { Call } from "../../gateway/call.ts";
import type { Permission } from "../../gateway/service.ts";
import { PageTokens } from "../../gateway/tokens.ts";
import type { Key } from "./key.ts";
import { dayMs } from "./limits.ts";
import { operations } from "./operations.ts";
import { KmsState } from "./state.ts";

const account = "000000000000";
const region = "us-east-1";

export { dayMs };

/** The SDK's method of an operation says what the operation takes and answers. */
type Method<Name extends string> = Uncapitalize<Name> extends keyof KMS ? KMS[Uncapitalize<Name>] : never;
type Types<Name extends string> =
  Method<Name> extends (
    input: infer Input,
    options: infer _Options,
    done: (error: unknown, output?: infer Output) => void,
  ) => void
    ? { input: Input; output: Omit<NonNullable<Output>, "$metadata"> }
    : never;
type OperationName = Capitalize<Exclude<keyof KMS, "middlewareStack" | "config" | "destroy" | "send">>;

/** What DescribeKey says, with the members that are always there. */
export type Described = KeyMetadata & { readonly KeyId: string; readonly Arn: string };

/** One KMS without a gateway: its operations are called directly, on a clock that stands still. */
export class TestKms implements AsyncDisposable {
  readonly clock: ManualClock = new ManualClock();
  readonly directory: string | undefined;
  readonly logged: string[] = [];
  readonly master: MasterKey = MasterKey.random();
  #parts: { readonly state: KmsState; readonly store: Store };

  private constructor(onDisk: boolean) {
    this.directory = onDisk ? mkdtempSync(join(tmpdir(), "millrace-kms-")) : undefined;
    this.#parts = this.#open();
  }

  /** @param options.onDisk keeps what there is, so that `restart` finds it again. */
  static async start(options: { readonly onDisk?: boolean } = {}): Promise<TestKms> {
    const kms = new TestKms(options.onDisk ?? false);
    await kms.state.load();
    return kms;
  }

  #open(): { readonly state: KmsState; readonly store: Store } {
    const { clock, directory } = this;
    const store = new Store({ path: directory ? join(directory, "state.sqlite") : ":memory:", sync: "off" });
    const tokens = new PageTokens({ key: this.master.derive("page tokens"), clock });
    const state = new KmsState({ clock, store, tokens, master: this.master, log: this.#logger() });
    return { state, store };
  }

  #logger(): Logger {
    const note = (_fields: object, message: string): void => void this.logged.push(message);
    return { ...silentLogger, warn: note, error: note, child: () => this.#logger() };
  }

  get state(): KmsState {
    return this.#parts.state;
  }

  /** Runs an operation as the gateway would, with an input that satisfies the model. */
  async run<Name extends OperationName>(
    name: Name,
    input: Types<Name>["input"],
    call: Partial<Call> = {},
  ): Promise<Types<Name>["output"]> {
    const entry = operations[name];
    assert(entry !== undefined, `KMS has no operation ${name}`);
    return (await entry.run(this.state, input, this.call(name, call))) as Types<Name>["output"];
  }

  /** What the policy engine would be asked. */
  permissions<Name extends OperationName>(
    name: Name,
    input: Types<Name>["input"],
    call: Partial<Call> = {},
  ): readonly Permission[] {
    return operations[name]?.permissions?.(this.state, input, this.call(name, call)) ?? [];
  }

  call(operation: string, changes: Partial<Call>): Call {
    const owner = changes.account ?? account;
    return {
      requestId: "00000000-0000-0000-0000-000000000000",
      service: "kms",
      operation,
      account: owner,
      region,
      principal: { arn: `arn:aws:iam::${owner}:root`, account: owner, accessKeyId: "test", kind: "root" },
      receivedAt: this.clock.now(),
      signal: new AbortController().signal,
      log: silentLogger,
      ...changes,
    };
  }

  /** Creates a key, a symmetric one unless told otherwise. */
  async key(input: Types<"CreateKey">["input"] = {}, call: Partial<Call> = {}): Promise<Described> {
    const { KeyMetadata } = await this.run("CreateKey", input, call);
    return described(KeyMetadata);
  }

  async describe(KeyId: string, call: Partial<Call> = {}): Promise<Described> {
    const { KeyMetadata } = await this.run("DescribeKey", { KeyId }, call);
    return described(KeyMetadata);
  }

  /** The run-time key, for what no operation shows. */
  find(keyId: string, owner: { account: string; region: string } = { account, region }): Key {
    const key = this.state.keys.get(owner, keyId);
    assert(key !== undefined, `there is no key ${keyId}`);
    return key;
  }

  /** Lets time pass and waits for the sweeps that it set off. */
  async pass(ms: number): Promise<void> {
    this.clock.advance(ms);
    await this.state.sweep.idle();
  }

  /** Stops and starts again on the same directory. */
  async restart(): Promise<void> {
    assert(this.directory !== undefined, "only a KMS on disk can be restarted");
    await this.#close();
    this.#parts = this.#open();
    await this.state.load();
  }

  async #close(): Promise<void> {
    await this.state.close();
    this.#parts.store.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
    if (this.directory !== undefined) rmSync(this.directory, { recursive: true, force: true });
  }
}

function described(metadata: KeyMetadata | undefined): Described {
  assert(metadata?.KeyId !== undefined && metadata.Arn !== undefined, "a key has an id and an ARN");
  return { ...metadata, KeyId: metadata.KeyId, Arn: metadata.Arn };
}

/** The error that a call was refused with; none is a failure of the test. */
async function errorOf(answer: Promise<unknown>): Promise<ServiceError> {
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

/** Code and message, as a client prints them. */
export async function refusalOf(answer: Promise<unknown>): Promise<string> {
  const { code, message } = await errorOf(answer);
  return `${code}: ${message}`;
}
