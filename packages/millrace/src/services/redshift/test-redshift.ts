import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cluster, CreateClusterMessage, Event, Redshift } from "@aws-sdk/client-redshift";
import { assert } from "../../core/assert.ts";
import { MasterKey } from "../../core/master-key.ts";
import { Store } from "../../core/store.ts";
import type { Call } from "../../gateway/call.ts";
import { account, OperationRunner, region } from "../../gateway/test-operations.ts";
import { PageTokens } from "../../gateway/tokens.ts";
import type { ClusterKey, ClusterState, WarehousePort } from "../../kernels/warehouse/warehouse-port.ts";
import { operations } from "./operations.ts";
import { RedshiftState } from "./state.ts";
import { TestWarehouse } from "./test-warehouse.ts";

export { account, codeOf, errorOf, refusalOf, region } from "../../gateway/test-operations.ts";

const transitionMs = 500;
export const password = "Passw0rd";

export const arnOf = (resource: string): string => `arn:aws:redshift:${region}:${account}:${resource}`;
export const keyOf = (identifier: string): ClusterKey => ({ account, region, identifier });

/** Redshift without a gateway: its operations are called directly, on a clock that stands still. */
export class TestRedshift<Port extends WarehousePort = TestWarehouse>
  extends OperationRunner<Redshift, RedshiftState>
  implements AsyncDisposable
{
  readonly warehouse: Port;
  readonly directory: string = mkdtempSync(join(tmpdir(), "millrace-redshift-"));
  readonly #tokens: PageTokens;
  #parts: { readonly state: RedshiftState; readonly store: Store };

  private constructor(warehouse: Port) {
    super("redshift", operations);
    this.warehouse = warehouse;
    this.#tokens = new PageTokens({ key: MasterKey.random().derive("page tokens"), clock: this.clock });
    this.#parts = this.#open();
  }

  static start(): Promise<TestRedshift> {
    return TestRedshift.on(new TestWarehouse());
  }

  static async on<Port extends WarehousePort>(warehouse: Port): Promise<TestRedshift<Port>> {
    const redshift = new TestRedshift(warehouse);
    await redshift.state.load();
    return redshift;
  }

  #open(): { readonly state: RedshiftState; readonly store: Store } {
    const { clock, logger: log, warehouse } = this;
    const store = new Store({ path: join(this.directory, "state.sqlite"), sync: "off" });
    const endpoint = () => ({ address: "127.0.0.1", port: 5439 });
    const tokens = this.#tokens;
    return {
      store,
      state: new RedshiftState({ clock, log, store, tokens, warehouse, endpoint, transitionMs }),
    };
  }

  get state(): RedshiftState {
    return this.#parts.state;
  }

  /** As after a kill: nothing is ended in good order. */
  async crash(): Promise<void> {
    await this.state.lifecycle.suspend();
    this.#parts.store.close();
    this.#parts = this.#open();
    await this.state.load();
  }

  /** Lets transitional states end. */
  async settle(ms: number = transitionMs): Promise<void> {
    this.clock.advance(ms);
    await this.state.lifecycle.idle();
  }

  /** Creates a cluster of one node, and waits until it is available. */
  async create(
    ClusterIdentifier: string = "sales",
    input: Partial<CreateClusterMessage> = {},
    call: Partial<Call> = {},
  ): Promise<void> {
    await this.run("CreateCluster", createInput(ClusterIdentifier, input), call);
    await this.settle();
  }

  async describe(ClusterIdentifier: string = "sales", call: Partial<Call> = {}): Promise<Cluster> {
    const { Clusters } = await this.run("DescribeClusters", { ClusterIdentifier }, call);
    const [cluster] = Clusters ?? [];
    assert(cluster !== undefined, "a cluster was described");
    return cluster;
  }

  async status(identifier: string = "sales"): Promise<string | undefined> {
    return (await this.describe(identifier)).ClusterStatus;
  }

  /** What the kernel has of a cluster. */
  kernel(identifier: string = "sales"): ClusterState {
    const state = this.warehouse.state(keyOf(identifier));
    assert(state !== undefined, `the kernel has no ${identifier}`);
    return state;
  }

  async eventIds(source: string = "sales"): Promise<(string | undefined)[]> {
    const { Events = [] } = await this.run("DescribeEvents", {});
    return Events.filter((event: Event) => event.SourceIdentifier === source).map(({ EventId }) => EventId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.state.close();
    this.#parts.store.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export function createInput(
  ClusterIdentifier: string,
  input: Partial<CreateClusterMessage> = {},
): CreateClusterMessage {
  return {
    ClusterIdentifier,
    NodeType: "ra3.xlplus",
    ClusterType: "single-node",
    MasterUsername: "awsuser",
    MasterUserPassword: password,
    ...input,
  };
}
