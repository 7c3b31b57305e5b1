import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import { SerialTasks } from "../../core/serial-tasks.ts";
import type { Store } from "../../core/store.ts";
import type { WarehousePort } from "../../kernels/warehouse/warehouse-port.ts";
import type {
  ClusterDocument,
  Owner,
  ParameterGroupDocument,
  SecurityGroupDocument,
  SubnetGroupDocument,
} from "./document.ts";
import { commitEdits, DocumentTable, type Edit } from "./document-table.ts";
import { EventTable, type Happening } from "./event-table.ts";

export interface ResourcesDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  readonly store: Store;
  readonly warehouse: WarehousePort;
}

/** Clusters, groups and events of all accounts and regions, and the kernel that has the clusters' data. */
export class Resources {
  readonly clock: Clock;
  readonly log: Logger;
  readonly warehouse: WarehousePort;
  readonly clusters: DocumentTable<ClusterDocument> = new DocumentTable("clusters");
  readonly parameterGroups: DocumentTable<ParameterGroupDocument> = new DocumentTable("parameter-groups");
  readonly subnetGroups: DocumentTable<SubnetGroupDocument> = new DocumentTable("subnet-groups");
  readonly securityGroups: DocumentTable<SecurityGroupDocument> = new DocumentTable("security-groups");
  readonly events: EventTable = new EventTable();
  readonly #store: Store;
  readonly #changes = new SerialTasks();

  constructor(dependencies: ResourcesDependencies) {
    this.clock = dependencies.clock;
    this.log = dependencies.log;
    this.warehouse = dependencies.warehouse;
    this.#store = dependencies.store;
  }

  /**
   * Changes run one after the other, each on the outcome of the last, so that none is computed from what
   * another is about to replace. One that throws changes nothing.
   */
  change<T>(task: () => Promise<T>): Promise<T> {
    return this.#changes.run(task);
  }

  /** Makes edits and events durable and then visible: all or none. Only within `change`. */
  commit(owner: Owner, edits: readonly Edit[], happenings: readonly Happening[] = []): Promise<void> {
    const nowMs = this.clock.now();
    const events = happenings.flatMap((happening) => this.events.note(owner, nowMs, happening));
    return commitEdits(this.#store, [...edits, ...events]);
  }

  protected loadTables(): void {
    for (const table of [
      this.clusters,
      this.parameterGroups,
      this.subnetGroups,
      this.securityGroups,
      this.events,
    ])
      table.load(this.#store);
  }

  /** All documents, and all clusters of the kernel with their data. */
  protected forgetAll(): Promise<void> {
    return this.change(async () => {
      for (const { key } of [...this.warehouse.list()]) await this.warehouse.remove(key);
      await commitEdits(this.#store, [
        ...this.clusters.removals(),
        ...this.parameterGroups.removals(),
        ...this.subnetGroups.removals(),
        ...this.securityGroups.removals(),
        ...this.events.removals(),
      ]);
    });
  }

  protected changesSettled(): Promise<void> {
    return this.#changes.settled();
  }
}
