import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IAM } from "@aws-sdk/client-iam";
import { MasterKey } from "../../core/master-key.ts";
import { Store } from "../../core/store.ts";
import type { Call } from "../../gateway/call.ts";
import { account, OperationRunner } from "../../gateway/test-operations.ts";
import { PageTokens } from "../../gateway/tokens.ts";
import { operations } from "./operations.ts";
import { IamState } from "./state.ts";

export { account, refusalOf as refusal } from "../../gateway/test-operations.ts";

/** One IAM without a gateway: its operations are called directly, on a clock that stands still. */
export class TestIam extends OperationRunner<IAM, IamState> implements AsyncDisposable {
  readonly master: MasterKey = MasterKey.random();
  readonly #directory = mkdtempSync(join(tmpdir(), "millrace-iam-"));
  #store: Store;
  state: IamState;

  constructor() {
    super("iam", operations);
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
