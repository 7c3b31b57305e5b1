import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KeyMetadata, KMS } from "@aws-sdk/client-kms";
import { assert } from "../../core/assert.ts";
import { MasterKey } from "../../core/master-key.ts";
import { Store } from "../../core/store.ts";
import type { Call } from "../../gateway/call.ts";
import { account, type InputOf, OperationRunner, region } from "../../gateway/test-operations.ts";
import { PageTokens } from "../../gateway/tokens.ts";
import type { Key } from "./key.ts";
import { dayMs } from "./limits.ts";
import { operations } from "./operations.ts";
import { KmsState } from "./state.ts";

export { codeOf, refusalOf } from "../../gateway/test-operations.ts";

export { dayMs };

/** What DescribeKey says, with the members that are always there. */
export type Described = KeyMetadata & { readonly KeyId: string; readonly Arn: string };

/** One KMS without a gateway: its operations are called directly, on a clock that stands still. */
export class TestKms extends OperationRunner<KMS, KmsState> implements AsyncDisposable {
  readonly directory: string | undefined;
  readonly master: MasterKey = MasterKey.random();
  #parts: { readonly state: KmsState; readonly store: Store };

  private constructor(onDisk: boolean) {
    super("kms", operations);
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
    const state = new KmsState({ clock, store, tokens, master: this.master, log: this.logger });
    return { state, store };
  }

  get state(): KmsState {
    return this.#parts.state;
  }

  /** Creates a key, a symmetric one unless told otherwise. */
  async key(input: InputOf<KMS, "CreateKey"> = {}, call: Partial<Call> = {}): Promise<Described> {
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
