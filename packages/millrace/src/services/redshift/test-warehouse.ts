import type { SqlCluster } from "../../kernels/warehouse/cluster-port.ts";
import { slicesOf } from "../../kernels/warehouse/slices/node-types.ts";
import {
  type ClusterKey,
  type ClusterSettings,
  type ClusterShape,
  type ClusterSpec,
  type ClusterState,
  type TemporaryLogin,
  type WarehousePort,
  WarehouseStateError,
} from "../../kernels/warehouse/warehouse-port.ts";

type Kept = { -readonly [Member in keyof ClusterState]: ClusterState[Member] } & {
  password: string | undefined;
  logins: TemporaryLogin[];
};

/** A warehouse without data, which keeps to the port's rules and takes note of what it is asked for. */
export class TestWarehouse implements WarehousePort {
  /** `pause sales`, in the order in which it was asked for. */
  readonly calls: string[] = [];
  /** The next call of this name fails. */
  failing: string | undefined;
  /** Calls of this name wait for `release`. */
  held: string | undefined;
  #release: () => void = () => {};
  readonly #clusters = new Map<string, Kept>();

  list(): readonly ClusterState[] {
    return [...this.#clusters.values()];
  }

  state(key: ClusterKey): ClusterState | undefined {
    return this.#clusters.get(nameOf(key));
  }

  cluster(key: ClusterKey): SqlCluster | undefined {
    return this.#clusters.has(nameOf(key)) ? nobodysCluster(key.identifier) : undefined;
  }

  passwordOf(key: ClusterKey): string | undefined {
    return this.#find(key).password;
  }

  loginsOf(key: ClusterKey): readonly TemporaryLogin[] {
    return this.#find(key).logins;
  }

  release(): void {
    this.held = undefined;
    this.#release();
  }

  async create(key: ClusterKey, spec: ClusterSpec): Promise<void> {
    await this.#begin("create", key);
    if (this.#clusters.has(nameOf(key))) throw new WarehouseStateError("exists", `${key.identifier} exists`);
    const { shape, database, masterUser, masterPassword: password, settings } = spec;
    this.#clusters.set(nameOf(key), {
      ...{ key, shape, database, masterUser, settings, password },
      slices: slicesOf(shape),
      status: "available",
      createdAtMs: 0,
      usedBytes: 3 * 1024 * 1024,
      logins: [],
    });
  }

  async configure(key: ClusterKey, change: Partial<ClusterSettings>): Promise<void> {
    await this.#begin("configure", key);
    const cluster = this.#find(key);
    cluster.settings = { ...cluster.settings, ...change };
  }

  async setMasterPassword(key: ClusterKey, password: string): Promise<void> {
    await this.#begin("setMasterPassword", key);
    this.#available(key).password = password;
  }

  async rename(key: ClusterKey, identifier: string): Promise<void> {
    await this.#begin("rename", key);
    const cluster = this.#available(key);
    const next = { ...key, identifier };
    if (this.#clusters.has(nameOf(next))) throw new WarehouseStateError("exists", `${identifier} exists`);
    this.#clusters.delete(nameOf(key));
    cluster.key = next;
    this.#clusters.set(nameOf(next), cluster);
  }

  async resize(key: ClusterKey, shape: ClusterShape): Promise<void> {
    const cluster = this.#available(key);
    cluster.status = "resizing";
    try {
      await this.#begin("resize", key);
      cluster.shape = shape;
      cluster.slices = slicesOf(shape);
    } finally {
      cluster.status = "available";
    }
  }

  async pause(key: ClusterKey): Promise<void> {
    await this.#begin("pause", key);
    this.#available(key).status = "paused";
  }

  async resume(key: ClusterKey): Promise<void> {
    await this.#begin("resume", key);
    const cluster = this.#find(key);
    if (cluster.status !== "paused") throw new WarehouseStateError("state", "it is not paused");
    cluster.status = "available";
  }

  async reboot(key: ClusterKey): Promise<void> {
    await this.#begin("reboot", key);
    this.#available(key);
  }

  async remove(key: ClusterKey): Promise<void> {
    await this.#begin("remove", key);
    this.#find(key);
    this.#clusters.delete(nameOf(key));
  }

  async addTemporaryLogin(key: ClusterKey, login: TemporaryLogin): Promise<void> {
    await this.#begin("addTemporaryLogin", key);
    this.#available(key).logins.push(login);
  }

  async #begin(call: string, { identifier }: ClusterKey): Promise<void> {
    this.calls.push(`${call} ${identifier}`);
    if (this.held === call) await new Promise<void>((resolve) => (this.#release = resolve));
    if (this.failing !== call) return;
    this.failing = undefined;
    throw new Error(`the disk is full: ${call}`);
  }

  #find(key: ClusterKey): Kept {
    const cluster = this.#clusters.get(nameOf(key));
    if (cluster === undefined) throw new WarehouseStateError("missing", `${key.identifier} is not there`);
    return cluster;
  }

  #available(key: ClusterKey): Kept {
    const cluster = this.#find(key);
    if (cluster.status !== "available") throw new WarehouseStateError("state", `it is ${cluster.status}`);
    return cluster;
  }
}

/** That it is there is all that the control plane wants to know. */
function nobodysCluster(identifier: string): SqlCluster {
  const refuse = (): never => {
    throw new Error("nobody connects to a cluster without data");
  };
  return {
    identifier,
    refusal: refuse,
    admits: refuse,
    loginSecret: refuse,
    openSession: refuse,
    cancel: refuse,
    noteLogin: refuse,
  };
}

const nameOf = ({ account, region, identifier }: ClusterKey): string => `${account}/${region}/${identifier}`;
