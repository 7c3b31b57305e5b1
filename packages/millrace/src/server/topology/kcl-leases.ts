import type { Clock } from "../../core/clock.ts";
import { RecentMap } from "../../core/traffic/recent-map.ts";
import type { InnerCalls, Owner } from "./inner-calls.ts";

/** A lease as an application of the Kinesis Client Library keeps it in DynamoDB. */
export interface KclLease {
  /** `shardId-000000000000` */
  readonly shard: string;
  /** Where one table has the leases of several streams. */
  readonly stream: string | undefined;
  readonly owner: string | undefined;
  /** A sequence number, `TRIM_HORIZON`, `LATEST`, `AT_TIMESTAMP` or `SHARD_END`. */
  readonly checkpoint: string;
}

export interface KclApplication {
  /** Of the application, and of its table. */
  readonly name: string;
  readonly leases: readonly KclLease[];
}

/** How long what was read of lease tables is good enough. */
const freshMs = 3_000;
const maxTables = 500;
const maxApplications = 50;
/** Of leases, in pages of a scan. */
const maxPages = 10;
const maxOwners = 50;

interface Attribute {
  readonly S?: string;
}

type Item = Readonly<Record<string, Attribute>>;

/** Finds applications of the KCL by their lease tables: tables whose one key is `leaseKey`. */
export class KclLeases {
  readonly #calls: InnerCalls;
  readonly #clock: Clock;
  readonly #known = new RecentMap<string, { readonly atMs: number; readonly found: Found }>(maxOwners);

  constructor(calls: InnerCalls, clock: Clock) {
    this.#calls = calls;
    this.#clock = clock;
  }

  applications(owner: Owner): Found {
    const key = `${owner.account}/${owner.region}`;
    const nowMs = this.#clock.now();
    const known = this.#known.get(key);
    if (known !== undefined && nowMs - known.atMs < freshMs) return known.found;
    // A table that goes while it is read is not there; whatever else is wrong shows in DynamoDB's own answers.
    const found = this.#find(owner).catch(() => []);
    this.#known.set(key, { atMs: nowMs, found });
    return found;
  }

  async #find(owner: Owner): Promise<readonly KclApplication[]> {
    const applications: KclApplication[] = [];
    for (const name of await this.#tables(owner)) {
      if (applications.length >= maxApplications) break;
      const leases = await this.#leases(name, owner);
      if (leases !== undefined && leases.length > 0) applications.push({ name, leases });
    }
    return applications;
  }

  async #tables(owner: Owner): Promise<readonly string[]> {
    const names: string[] = [];
    let after: string | undefined;
    do {
      const input = after === undefined ? {} : { ExclusiveStartTableName: after };
      const page = await this.#ask<{ TableNames?: string[]; LastEvaluatedTableName?: string }>(
        ...(["ListTables", input, owner] as const),
      );
      names.push(...(page?.TableNames ?? []));
      after = page?.LastEvaluatedTableName;
    } while (after !== undefined && names.length < maxTables);
    return names;
  }

  async #leases(name: string, owner: Owner): Promise<readonly KclLease[] | undefined> {
    const TableName = name;
    interface Described {
      readonly Table?: { readonly KeySchema?: readonly { readonly AttributeName?: string }[] };
    }
    const described = await this.#ask<Described>("DescribeTable", { TableName }, owner);
    const keys = described?.Table?.KeySchema ?? [];
    if (keys.length !== 1 || keys[0]?.AttributeName !== "leaseKey") return undefined;
    const leases: KclLease[] = [];
    let start: Item | undefined;
    for (let pages = 0; pages < maxPages; pages++) {
      const input = { TableName, ...(start === undefined ? {} : { ExclusiveStartKey: start }) };
      const page = await this.#ask<{ Items?: Item[]; LastEvaluatedKey?: Item }>("Scan", input, owner);
      for (const item of page?.Items ?? []) {
        const lease = leaseOf(item);
        if (lease !== undefined) leases.push(lease);
      }
      start = page?.LastEvaluatedKey;
      if (start === undefined) break;
    }
    return leases;
  }

  #ask<Output>(operation: string, input: object, owner: Owner): Promise<Output | undefined> {
    return this.#calls.ask<Output>("dynamodb", operation, input, owner);
  }
}

type Found = Promise<readonly KclApplication[]>;

/** The key is a shard's id, or `account:stream:creation:shard` where an application reads several streams. */
function leaseOf(item: Item): KclLease | undefined {
  const key = item["leaseKey"]?.S;
  const checkpoint = item["checkpoint"]?.S;
  if (key === undefined || checkpoint === undefined) return undefined;
  const parts = key.split(":");
  const [shard = "", stream] = parts.length === 4 ? [parts[3], parts[1]] : [key, undefined];
  if (!/^shardId-\d{1,12}$/.test(shard)) return undefined;
  return { shard, stream, checkpoint, owner: item["leaseOwner"]?.S };
}
