import type { BoundStatement } from "../../../sql/redshift/bind/name-space.ts";
import type { LockMode } from "../locks/lock-table.ts";
import type { Transaction } from "../transaction/transaction.ts";

/** How locks on tables are named; that is what a deadlock's error shows. */
export function tableLock(oid: number): string {
  return `table ${oid}`;
}

/** On a name in a schema, while something of that name is made or dropped. */
export function nameLock(schemaOid: number, name: string): string {
  return `name ${schemaOid}.${name}`;
}

/** Locks the tables that a statement reads and changes. Undefined when there was nothing to wait for. */
export function lockUses(transaction: Transaction, { uses }: BoundStatement): Promise<void> | undefined {
  let waited: Promise<void> | undefined;
  for (const { relation, privilege } of uses) {
    if (relation.kind !== "table" && relation.kind !== "materialized view") continue;
    const mode: LockMode = privilege === "select" ? "share" : "write";
    if (mode === "share") transaction.reads.add(relation.oid);
    else transaction.writes.add(relation.oid);
    // One after another, in the statement's order: the second waits for the first.
    const key = tableLock(relation.oid);
    if (waited === undefined) waited = transaction.lock(key, mode);
    else waited = waited.then(() => transaction.lock(key, mode));
  }
  return waited;
}
