import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IAM } from "@aws-sdk/client-iam";
import { assert } from "../../core/assert.ts";
import { ManualClock } from "../../core/clock.ts";
import { ServiceError } from "../../core/errors.ts";
import { silentLogger } from "../../core/logger.ts";
import { MasterKey } from "../../core/master-key.ts";
import { Store } from "../../core/store.ts";
import type { Call } from "../../gateway/call.ts";
import type { Permission } from "../../gateway/service.ts";
import { PageTokens } from "../../gateway/tokens.ts";
import { operations } from "./operations.ts";
import { IamState } from "./state.ts";

export const account = "000000000000";

/** The SDK's method of an operation says what the operation takes and answers. */
type Method<Name extends string> = Uncapitalize<Name> extends keyof IAM ? IAM[Uncapitalize<Name>] : never;
type Types<Name extends string> =
  Method<Name> extends (
    input: infer Input,
    options: infer _Options,
    done: (error: unknown, output?: infer Output) => void,
  ) => void
    ? { input: Input; output: Omit<NonNullable<Output>, "$metadata"> }
    : never;
type OperationName = Capitalize<Exclude<keyof IAM, "middlewareStack" | "config" | "destroy" | "send">>;

/** One IAM without a gateway: its operations are called directly, on a clock that stands still. */
export class TestIam implements AsyncDisposable {
  readonly clock: ManualClock = new ManualClock();
  readonly master: MasterKey = MasterKey.random();
  readonly #directory = mkdtempSync(join(tmpdir(), "millrace-iam-"));
  #store: Store;
  state: IamState;

  constructor() {
    [this.#store, this.state] = this.#open();
  }

  #open(): [Store, IamState] {
    const { clock, master } = this;
    const store = new Store({ path: join(this.#directory, "state.sqlite"), sync: "off" });
    const tokens = new PageTokens({ key: master.derive("page tokens"), clock });
    const state = new IamState({ clock, store, master, tokens });
    state.load();
    return [store, state];
  }

  /** Reads everything again from disk, as a new process would. */
  restart(): void {
    this.#store.close();
    [this.#store, this.state] = this.#open();
  }

  /** Runs an operation as the gateway would, with an input that satisfies the model. */
  async run<Name extends OperationName>(
    name: Name,
    input: Types<Name>["input"],
    call: Partial<Call> = {},
  ): Promise<Types<Name>["output"]> {
    const entry = operations[name];
    assert(entry !== undefined, `IAM has no operation ${name}`);
    return (await entry.run(this.state, input, this.call(name, call))) as Types<Name>["output"];
  }

  /** What the policy engine would be asked about. */
  permissions<Name extends OperationName>(
    name: Name,
    input: Types<Name>["input"],
    call: Partial<Call> = {},
  ): readonly Permission[] {
    const entry = operations[name];
    assert(entry !== undefined, `IAM has no operation ${name}`);
    const made = this.call(name, call);
    return (
      entry.permissions?.(this.state, input, made) ?? [
        { action: `iam:${name}`, resources: entry.resources(this.state, input, made) },
      ]
    );
  }

  call(operation: string, changes: Partial<Call>): Call {
    const owner = changes.account ?? account;
    return {
      requestId: "00000000-0000-0000-0000-000000000000",
      service: "iam",
      operation,
      account: owner,
      region: "us-east-1",
      principal: { arn: `arn:aws:iam::${owner}:root`, account: owner, accessKeyId: "test", kind: "root" },
      receivedAt: this.clock.now(),
      signal: new AbortController().signal,
      log: silentLogger,
      ...changes,
    };
  }

  /** A call that a user makes. */
  as(userName: string): Partial<Call> {
    const arn = `arn:aws:iam::${account}:user/${userName}`;
    return { principal: { arn, account, accessKeyId: "AKIATEST", kind: "user" } };
  }

  async user(UserName: string): Promise<void> {
    await this.run("CreateUser", { UserName });
  }

  async group(GroupName: string): Promise<void> {
    await this.run("CreateGroup", { GroupName });
  }

  async role(RoleName: string): Promise<void> {
    await this.run("CreateRole", { RoleName, AssumeRolePolicyDocument: trust });
  }

  async policy(PolicyName: string, document: string = allow): Promise<string> {
    const { Policy } = await this.run("CreatePolicy", { PolicyName, PolicyDocument: document });
    return Policy?.Arn ?? "";
  }

  async profile(InstanceProfileName: string): Promise<void> {
    await this.run("CreateInstanceProfile", { InstanceProfileName });
  }

  async provider(Url: string = "https://id.example.com/tenant"): Promise<string> {
    const answer = await this.run("CreateOpenIDConnectProvider", { Url, ClientIDList: ["app"] });
    return answer.OpenIDConnectProviderArn ?? "";
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.state.close();
    this.#store.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

export const allow: string = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "kinesis:*", Resource: "*" }],
});

export const trust: string = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" }],
});

/** The code and text of the error that an operation ends with. */
export async function refusal(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof ServiceError) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error("it was not refused");
}
