import { SqlError } from "../../../sql/sql-error.ts";

/** What a transaction read and changed, for databases that are serializable. */
export interface TransactionFootprint {
  readonly transactionId: number;
  readonly processId: number;
  readonly databaseOid: number;
  readonly reads: ReadonlySet<number>;
  readonly writes: ReadonlySet<number>;
}

interface Committed extends TransactionFootprint {
  /** Its place in the order of commits. */
  readonly order: number;
}

/** Committed transactions that are remembered while older ones are open; beyond that the oldest are forgotten. */
const maxCommitted = 10_000;

/**
 * Finds transactions that no serial order explains. Tables are what is compared, as Redshift does: a
 * transaction that read a table which a concurrent one changed comes before it. A circle of such orders is a
 * serializable isolation violation.
 */
export class TransactionHistory {
  #order = 0;
  readonly #open = new Map<object, number>();
  #committed: Committed[] = [];

  /** The transaction's snapshot is of this moment. */
  begin(transaction: object): void {
    this.#open.set(transaction, this.#order);
  }

  end(transaction: object): void {
    this.#open.delete(transaction);
    this.#forget();
  }

  /**
   * To be called before the commit, with nothing in between.
   * @throws SqlError 40001 when the transaction closes a circle
   */
  commit(transaction: object, footprint: TransactionFootprint): void {
    const since = this.#open.get(transaction) ?? this.#order;
    const concurrent = this.#committed.filter(
      (other) => other.order > since && other.databaseOid === footprint.databaseOid,
    );
    const circle = circleThrough(footprint, concurrent);
    if (circle !== undefined) throw violation(circle.tableOid, [footprint, ...circle.others]);
    this.#order++;
    if (footprint.writes.size > 0 || footprint.reads.size > 0)
      this.#committed.push({ ...footprint, order: this.#order });
    this.end(transaction);
  }

  #forget(): void {
    if (this.#open.size === 0) {
      this.#committed = [];
      return;
    }
    if (this.#committed.length === 0) return;
    const oldest = Math.min(...this.#open.values());
    this.#committed = this.#committed.filter((other) => other.order > oldest).slice(-maxCommitted);
  }
}

interface Circle {
  readonly tableOid: number;
  readonly others: readonly TransactionFootprint[];
}

/** From the transaction over those that must come after it, back to one that must come before it. */
function circleThrough(own: TransactionFootprint, others: readonly Committed[]): Circle | undefined {
  const before = others.filter((other) => shared(other.reads, own.writes) !== undefined);
  if (before.length === 0) return undefined;
  const seen = new Set<TransactionFootprint>([own]);
  const open: { readonly at: TransactionFootprint; readonly path: readonly TransactionFootprint[] }[] = [
    { at: own, path: [] },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const other of others) {
      if (seen.has(other) || shared(next.at.reads, other.writes) === undefined) continue;
      const path = [...next.path, other];
      const tableOid = shared(other.reads, own.writes);
      if (tableOid !== undefined) return { tableOid, others: path };
      seen.add(other);
      open.push({ at: other, path });
    }
  }
  return undefined;
}

function shared(reads: ReadonlySet<number>, writes: ReadonlySet<number>): number | undefined {
  for (const oid of reads) if (writes.has(oid)) return oid;
  return undefined;
}

function violation(tableOid: number, circle: readonly TransactionFootprint[]): SqlError {
  const ids = circle.map(({ transactionId }) => transactionId).sort((a, b) => a - b);
  return serializableViolation(tableOid, ids, circle[0]?.processId ?? 0);
}

/** Redshift's error 1023. */
export function serializableViolation(
  tableOid: number,
  transactionIds: readonly number[],
  processId: number,
): SqlError {
  return new SqlError("40001", "1023", {
    detail: `Serializable isolation violation on table - ${tableOid}, transactions forming the cycle are: ${transactionIds.join(", ")} (pid:${processId})`,
  });
}
