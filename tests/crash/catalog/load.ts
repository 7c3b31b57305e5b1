import {
  BatchCreatePartitionCommand,
  BatchDeletePartitionCommand,
  CreatePartitionIndexCommand,
  CreateTableCommand,
  DeletePartitionIndexCommand,
  DeleteTableCommand,
  type GlueClient,
  GlueServiceException,
  UpdateTableCommand,
} from "@aws-sdk/client-glue";

export const database = "crash";
const perBatch = 50;

/** What a table was promised to have, and what was under way when Millrace died. */
export class TableLedger {
  readonly name: string;
  /** Years that are there. */
  readonly partitions: Set<number> = new Set();
  /** Years whose fate is open: their creation or deletion was begun. */
  readonly open: Set<number> = new Set();
  version = 0;
  /** The version that an unanswered update may have made. */
  begunVersion = 0;
  acknowledgements = 0;

  constructor(name: string) {
    this.name = name;
  }

  get input(): { DatabaseName: string; TableName: string } {
    return { DatabaseName: database, TableName: this.name };
  }

  acknowledged(): void {
    this.acknowledgements += 1;
  }
}

/** Changes one table as fast as answers come, until a call fails. */
export class TableLoad {
  readonly #client: GlueClient;
  readonly #ledger: TableLedger;
  readonly #random: () => number;
  #nextYear: number;

  constructor(client: GlueClient, ledger: TableLedger, random: () => number, firstYear: number) {
    this.#client = client;
    this.#ledger = ledger;
    this.#random = random;
    this.#nextYear = firstYear;
  }

  async run(): Promise<never> {
    for (;;) {
      const what = this.#random();
      if (what < 0.5) await this.#create();
      else if (what < 0.7) await this.#remove();
      else if (what < 0.9) await this.#update();
      else await this.#reindex();
    }
  }

  async #create(): Promise<void> {
    const years = Array.from({ length: perBatch }, () => this.#nextYear++);
    await this.#change(years, async () => {
      const PartitionInputList = years.map((year) => ({
        Values: [String(year)],
        Parameters: { year: `${year}` },
      }));
      await this.#client.send(new BatchCreatePartitionCommand({ ...this.#ledger.input, PartitionInputList }));
      for (const year of years) this.#ledger.partitions.add(year);
    });
  }

  async #remove(): Promise<void> {
    const years = [...this.#ledger.partitions].slice(0, 20);
    await this.#change(years, async () => {
      const PartitionsToDelete = years.map((year) => ({ Values: [String(year)] }));
      await this.#client.send(new BatchDeletePartitionCommand({ ...this.#ledger.input, PartitionsToDelete }));
      for (const year of years) this.#ledger.partitions.delete(year);
    });
  }

  async #change(years: readonly number[], change: () => Promise<void>): Promise<void> {
    for (const year of years) this.#ledger.open.add(year);
    await change();
    for (const year of years) this.#ledger.open.delete(year);
    this.#ledger.acknowledged();
  }

  async #update(): Promise<void> {
    const { version } = this.#ledger;
    this.#ledger.begunVersion = version + 1;
    const TableInput = tableInput(this.#ledger.name, version + 1);
    const VersionId = String(version);
    await this.#client.send(new UpdateTableCommand({ DatabaseName: database, TableInput, VersionId }));
    this.#ledger.version = version + 1;
    this.#ledger.acknowledged();
  }

  /** Makes or deletes the index, whichever can be done, so that Millrace dies while it is filled or emptied. */
  async #reindex(): Promise<void> {
    const PartitionIndex = { IndexName: "years", Keys: ["year"] };
    try {
      await this.#client.send(new CreatePartitionIndexCommand({ ...this.#ledger.input, PartitionIndex }));
    } catch (error) {
      if (!(error instanceof GlueServiceException)) throw error;
      const remove = new DeletePartitionIndexCommand({ ...this.#ledger.input, IndexName: "years" });
      await this.#client.send(remove).catch((refusal: unknown) => {
        if (!(refusal instanceof GlueServiceException)) throw refusal;
      });
    }
    this.#ledger.acknowledged();
  }
}

/** Makes tables with partitions and deletes them, until a call fails: what they leave behind must go. */
export async function makeAndDelete(client: GlueClient, name: string): Promise<never> {
  for (let n = 0; ; n++) {
    const TableInput = tableInput(`${name}_${n}`, 0);
    await client.send(new CreateTableCommand({ DatabaseName: database, TableInput }));
    const PartitionInputList = Array.from({ length: 100 }, (_, year) => ({ Values: [String(year)] }));
    const table = { DatabaseName: database, TableName: `${name}_${n}` };
    await client.send(new BatchCreatePartitionCommand({ ...table, PartitionInputList }));
    await client.send(new DeleteTableCommand({ DatabaseName: database, Name: `${name}_${n}` }));
  }
}

export function tableInput(
  Name: string,
  version: number,
): { Name: string; Description: string; PartitionKeys: { Name: string; Type: string }[] } {
  return { Name, Description: `version ${version}`, PartitionKeys: [{ Name: "year", Type: "int" }] };
}
