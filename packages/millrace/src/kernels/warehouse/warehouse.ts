import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DirectoryLock } from "../../core/directory-lock.ts";
import { SerialTasks } from "../../core/serial-tasks.ts";
import { type Change, Store } from "../../core/store.ts";
import { SqlError } from "../../sql/sql-error.ts";
import { Cluster, clusterDirectory } from "./cluster/cluster.ts";
import { type ClusterDocument, collections } from "./cluster/cluster-documents.ts";
import { firstDocuments, masterUserId, newClusterId } from "./cluster/first-documents.ts";
import { passwordVerifiers } from "./cluster/passwords.ts";
import type { ClusterDirectory, SqlCluster } from "./cluster-port.ts";
import { RedshiftAuthorizer } from "./security/redshift-authorizer.ts";
import type { WarehouseOptions } from "./warehouse-options.ts";
import {
  type ClusterKey,
  type ClusterSettings,
  type ClusterShape,
  type ClusterSpec,
  type ClusterState,
  type TemporaryLogin,
  type WarehousePort,
  WarehouseStateError,
} from "./warehouse-port.ts";

/**
 * All clusters of a Millrace. Their documents are in one store; their databases lie in a folder each and stay
 * closed until somebody connects.
 */
export class Warehouse implements WarehousePort, ClusterDirectory {
  readonly #options: WarehouseOptions;
  readonly #lock: DirectoryLock;
  readonly #store: Store;
  readonly #clusters = new Map<string, Cluster>();
  /** Changes of a cluster come one after another. */
  readonly #changes = new SerialTasks();

  constructor(options: WarehouseOptions) {
    this.#options = options;
    mkdirSync(options.dir, { recursive: true, mode: 0o700 });
    this.#lock = new DirectoryLock(options.dir);
    rmSync(this.#temporaryDirectory(), { recursive: true, force: true });
    this.#store = new Store({
      path: join(options.dir, "leader.sqlite"),
      sync: options.durability === "full" ? "full" : "off",
    });
    for (const [, document] of this.#store.all<ClusterDocument>(collections.clusters))
      this.#clusters.set(keyText(document.key), this.#cluster(document));
    this.#removeStrangers();
  }

  list(): readonly ClusterState[] {
    return [...this.#clusters.values()].map((cluster) => cluster.state());
  }

  state(key: ClusterKey): ClusterState | undefined {
    return this.#clusters.get(keyText(key))?.state();
  }

  cluster(key: ClusterKey): SqlCluster | undefined {
    return this.#clusters.get(keyText(key));
  }

  create(key: ClusterKey, spec: ClusterSpec): Promise<void> {
    return this.#changes.run(async () => {
      if (this.#clusters.has(keyText(key)))
        throw new WarehouseStateError("exists", `Cluster ${key.identifier} exists already.`);
      const document: ClusterDocument = {
        id: newClusterId(),
        key,
        shape: spec.shape,
        database: spec.database,
        masterUser: spec.masterUser,
        trusting: spec.masterPassword === undefined,
        paused: false,
        settings: spec.settings,
        createdAtMs: this.#options.clock.now(),
      };
      await this.#store.commit(firstDocuments(document, spec));
      this.#clusters.set(keyText(key), this.#cluster(document));
    });
  }

  configure(key: ClusterKey, change: Partial<ClusterSettings>): Promise<void> {
    return this.#change(key, async (cluster) => {
      const settings = { ...cluster.document.settings, ...change };
      await this.#replace(cluster, { ...cluster.document, settings });
    });
  }

  setMasterPassword(key: ClusterKey, password: string): Promise<void> {
    return this.#change(key, async (cluster) => {
      const user = cluster.leader.snapshot.users.get(masterUserId);
      if (user === undefined) throw new WarehouseStateError("missing", "There is no master user.");
      const verifiers = passwordVerifiers(user.name, password);
      await cluster.leader.commit([{ table: "users", id: user.id, put: { ...user, verifiers } }]);
      if (cluster.document.trusting) await this.#replace(cluster, { ...cluster.document, trusting: false });
    });
  }

  rename(key: ClusterKey, identifier: string): Promise<void> {
    return this.#change(key, async (cluster) => {
      const renamed = { ...key, identifier };
      if (this.#clusters.has(keyText(renamed)))
        throw new WarehouseStateError("exists", `Cluster ${identifier} exists already.`);
      await this.#replace(cluster, { ...cluster.document, key: renamed });
      this.#clusters.delete(keyText(key));
      this.#clusters.set(keyText(renamed), cluster);
    });
  }

  resize(key: ClusterKey, shape: ClusterShape): Promise<void> {
    return this.#change(key, async (cluster) => {
      this.#demandAvailable(cluster);
      // A row's slice is an expression of its values and its place: with the shape they all have new ones.
      await cluster.closedFor("resizing", () => this.#replace(cluster, { ...cluster.document, shape }));
    });
  }

  pause(key: ClusterKey): Promise<void> {
    return this.#change(key, async (cluster) => {
      this.#demandAvailable(cluster);
      await this.#replace(cluster, { ...cluster.document, paused: true });
      await cluster.close();
    });
  }

  resume(key: ClusterKey): Promise<void> {
    return this.#change(key, async (cluster) => {
      if (!cluster.document.paused)
        throw new WarehouseStateError("state", `Cluster ${key.identifier} is not paused.`);
      await this.#replace(cluster, { ...cluster.document, paused: false });
    });
  }

  reboot(key: ClusterKey): Promise<void> {
    return this.#change(key, async (cluster) => {
      this.#demandAvailable(cluster);
      await cluster.closedFor("rebooting", () => Promise.resolve());
    });
  }

  /** First the documents go, then the files: a crash in between leaves files, which the next start removes. */
  remove(key: ClusterKey): Promise<void> {
    return this.#change(key, async (cluster) => {
      const { id } = cluster.document;
      const removal: readonly Change[] = [
        { collection: collections.clusters, key: id },
        ...cluster.leader.removal(),
        ...cluster.logins.removal(),
      ];
      await cluster.closedFor("rebooting", async () => {
        await this.#store.commit(removal);
        this.#clusters.delete(keyText(key));
      });
      await cluster.removeFiles();
    });
  }

  addTemporaryLogin(key: ClusterKey, login: TemporaryLogin): Promise<void> {
    return this.#demand(key).addTemporaryLogin(login);
  }

  async find({ user, database, cluster }: Parameters<ClusterDirectory["find"]>[0]): Promise<SqlCluster> {
    const all = [...this.#clusters.values()];
    if (cluster !== undefined) {
      const named = all.filter(({ identifier }) => identifier === cluster);
      return one(named, `cluster "${cluster}" does not exist`);
    }
    const [first, second] = all;
    if (first === undefined)
      throw new SqlError("3D000", "there is no cluster: CreateCluster of the Redshift API makes one");
    if (second === undefined) return first;
    const fitting = all.filter(
      ({ leader, logins }) =>
        leader.snapshot.database(database) !== undefined &&
        (leader.snapshot.user(user) !== undefined || logins.temporary(user) !== undefined),
    );
    const [fit, another] = fitting;
    if (fit !== undefined && another === undefined) return fit;
    const standard = all.filter(({ identifier }) => identifier === defaultCluster);
    const hint = 'The option cluster of the connection names one, as in PGOPTIONS="-c cluster=sales".';
    const count = fitting.length === 0 ? "no cluster has" : "several clusters have";
    return one(standard, `${count} database "${database}" and user "${user}"`, hint);
  }

  cancel(processId: number, secretKey: number): void {
    for (const cluster of this.#clusters.values()) cluster.cancel(processId, secretKey);
  }

  /** Ends all sessions and closes all databases. */
  async close(): Promise<void> {
    await this.#changes.settled();
    for (const cluster of this.#clusters.values()) await cluster.close();
    this.#store.close();
    this.#lock[Symbol.dispose]();
  }

  #cluster(document: ClusterDocument): Cluster {
    const { clock, log, readableDirectories = [], threads, memoryLimitBytes } = this.#options;
    return new Cluster(document, {
      store: this.#store,
      clock,
      log,
      directory: clusterDirectory(this.#options.dir, document),
      temporaryDirectory: join(this.#temporaryDirectory(), document.id),
      readableDirectories,
      threads,
      memoryLimitBytes,
      authorizer: this.#options.authorizer ?? new RedshiftAuthorizer(),
      dataCatalog: this.#options.dataCatalog,
      objects: this.#options.objects,
    });
  }

  #temporaryDirectory(): string {
    return join(this.#options.dir, "temporary");
  }

  #change(key: ClusterKey, act: (cluster: Cluster) => Promise<void>): Promise<void> {
    return this.#changes.run(() => act(this.#demand(key)));
  }

  #demand(key: ClusterKey): Cluster {
    const cluster = this.#clusters.get(keyText(key));
    if (cluster === undefined)
      throw new WarehouseStateError("missing", `Cluster ${key.identifier} does not exist.`);
    return cluster;
  }

  #demandAvailable(cluster: Cluster): void {
    const { status, key } = cluster.state();
    if (status !== "available")
      throw new WarehouseStateError("state", `Cluster ${key.identifier} is ${status}.`);
  }

  async #replace(cluster: Cluster, document: ClusterDocument): Promise<void> {
    await this.#store.commit([{ collection: collections.clusters, key: document.id, put: document }]);
    cluster.replaceDocument(document);
  }

  /** Folders of clusters that were being removed when the process died. */
  #removeStrangers(): void {
    const known = new Set([...this.#clusters.values()].map(({ document }) => document.id));
    const { dir } = this.#options;
    for (const account of foldersIn(dir).filter((name) => /^\d{12}$/.test(name)))
      for (const region of foldersIn(join(dir, account)))
        for (const id of foldersIn(join(dir, account, region)))
          if (!known.has(id)) rmSync(join(dir, account, region, id), { recursive: true, force: true });
  }
}

/** The cluster that connections without a name go to when several would fit. */
const defaultCluster = "millrace";

function keyText({ account, region, identifier }: ClusterKey): string {
  return `${account}/${region}/${identifier}`;
}

function one(clusters: readonly Cluster[], message: string, hint?: string): SqlCluster {
  const [first, second] = clusters;
  if (first === undefined || second !== undefined)
    throw new SqlError("3D000", message, hint === undefined ? {} : { hint });
  return first;
}

function foldersIn(directory: string): readonly string[] {
  return readdirSync(directory).filter((name) => statSync(join(directory, name)).isDirectory());
}
