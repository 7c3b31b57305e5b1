import type { PartitionInput, PartitionOutcome, TableEntry } from "../../../kernels/catalog/index.ts";
import { type CrawlContext, throwIfStopped } from "./crawl-context.ts";
import { changeBetween } from "./table-change.ts";
import { inheritedPartition, partitionDefinition } from "./table-definition.ts";
import type { PlannedPartition } from "./table-plan.ts";

/** Partitions that are written in one transaction. */
const batchSize = 1000;

/** What became of the partitions that are there already. */
export interface PartitionRules {
  /** Partitions get the format and the columns of their table. */
  readonly inherits: boolean;
  /** Existing partitions are changed when they differ. */
  readonly updates: boolean;
}

/** Brings the partitions of one table in line with what was found, a batch at a time. */
export class PartitionWriter {
  readonly #context: CrawlContext;
  readonly #table: TableEntry;
  readonly #rules: PartitionRules;
  #created: PartitionInput[] = [];
  #updated: PartitionInput[] = [];
  /** Names of created partitions, and of those whose update is one worth telling. */
  readonly #notable = new Set<PartitionInput>();

  constructor(context: CrawlContext, table: TableEntry, rules: PartitionRules) {
    this.#context = context;
    this.#table = table;
    this.#rules = rules;
  }

  async write(partitions: Iterable<PlannedPartition>): Promise<void> {
    for (const partition of partitions) {
      this.#take(partition);
      if (this.#created.length + this.#updated.length >= batchSize) await this.#flush();
    }
    await this.#flush();
  }

  /** Removes the partitions for which `isGone` says so, and tells of them; or only tells. */
  async removeGone(isGone: (values: readonly string[]) => boolean, deletes: boolean): Promise<void> {
    const { catalog, log, report } = this.#context;
    let gone: (readonly string[])[] = [];
    const remove = async (): Promise<void> => {
      if (gone.length === 0) return;
      await catalog.partitions.deleteAll(this.#table, gone);
      for (const values of gone) report.add("PARTITION", "DELETE", this.#name(values));
      gone = [];
    };
    for await (const { values } of catalog.partitions.iterate(this.#table)) {
      if (!isGone(values)) continue;
      log.write(
        "INFO",
        `Found partition of table ${this.#table.name} with partition values [${values.join(", ")}] with no matching schema at the partition's S3 location`,
      );
      if (!deletes) continue;
      gone.push(values);
      if (gone.length >= batchSize) await remove();
    }
    await remove();
  }

  #take(planned: PlannedPartition): void {
    const { definition: table } = this.#table;
    const keys = (table.PartitionKeys ?? []).map(({ Name }) => Name);
    const definition = this.#rules.inherits
      ? inheritedPartition(planned, table)
      : partitionDefinition(planned, keys);
    const input = { values: planned.values, definition };
    const before = this.#context.catalog.partitions.find(this.#table, planned.values);
    if (before === undefined) {
      this.#created.push(input);
      this.#notable.add(input);
      return;
    }
    const change = changeBetween(before.definition, definition);
    if (change === "none" || !this.#rules.updates) return;
    this.#updated.push(input);
    if (change === "definition") this.#notable.add(input);
  }

  async #flush(): Promise<void> {
    throwIfStopped(this.#context.signal);
    const { partitions } = this.#context.catalog;
    const [created, updated] = [this.#created, this.#updated];
    this.#created = [];
    this.#updated = [];
    if (created.length > 0) this.#told("ADD", created, await partitions.createAll(this.#table, created));
    if (updated.length > 0) this.#told("UPDATE", updated, await partitions.updateAll(this.#table, updated));
    this.#notable.clear();
  }

  #told(
    change: "ADD" | "UPDATE",
    inputs: readonly PartitionInput[],
    outcomes: readonly PartitionOutcome[],
  ): void {
    const { log, report } = this.#context;
    for (const [index, input] of inputs.entries()) {
      const refused = outcomes[index];
      const name = this.#name(input.values);
      if (refused !== undefined) log.write("WARN", `Partition ${name} was not written: ${refused.message}`);
      else if (this.#notable.has(input)) report.add("PARTITION", change, name);
    }
  }

  #name(values: readonly string[]): string {
    return `${this.#table.name}/${values.join("/")}`;
  }
}
