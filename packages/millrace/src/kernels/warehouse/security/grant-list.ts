import { SqlError } from "../../../sql/sql-error.ts";
import type { Grant, Privilege } from "../catalog/records.ts";

/** One privilege for one grantee by one grantor, as GRANT and REVOKE name it. */
export interface GrantChange {
  readonly granteeKind: Grant["granteeKind"];
  /** 0 for PUBLIC. */
  readonly granteeId: number;
  readonly grantorId: number;
  readonly privilege: Privilege;
  /** Undefined for the whole object. */
  readonly column: string | undefined;
}

/** The object, for errors: `t`. */
export interface GrantedObject {
  readonly name: string;
  readonly ownerId: number;
}

/**
 * The grants with one more.
 * @throws SqlError 0LP01 for an option given back to whom it came from, 42501 for a whole table to who has columns
 */
export function withGrant(
  grants: readonly Grant[],
  change: GrantChange,
  withGrantOption: boolean,
  object: GrantedObject,
): readonly Grant[] {
  const { granteeKind, granteeId, grantorId, privilege, column } = change;
  // The owner may do everything anyway; what is recorded for it would outlive a change of owner.
  if (granteeKind === "user" && granteeId === object.ownerId) return grants;
  const own = grants.filter((grant) => grant.privilege === privilege && sameGrantee(grant, change));
  if (column !== undefined && own.some((grant) => grant.column === undefined)) return grants;
  if (column === undefined && own.some((grant) => grant.column !== undefined))
    throw new SqlError(
      "0LP01",
      `cannot grant ${privilege.toUpperCase()} on relation "${object.name}" to a grantee that has it on columns of the relation`,
      { hint: `Revoke ${privilege.toUpperCase()} on the relation first.` },
    );
  if (withGrantOption) checkCircularity(grants, change, object);
  const known = own.find((grant) => grant.column === column && grant.grantorId === grantorId);
  if (known !== undefined)
    return known.withGrantOption || !withGrantOption
      ? grants
      : grants.map((grant) => (grant === known ? { ...grant, withGrantOption: true } : grant));
  const made: Grant = { granteeKind, granteeId, grantorId, privilege, withGrantOption };
  return [...grants, column === undefined ? made : { ...made, column }];
}

export interface RevokeOptions {
  /** GRANT OPTION FOR */
  readonly optionOnly: boolean;
  readonly cascade: boolean;
}

/**
 * The grants without one. What its grantee gave on goes with it, or forbids it.
 * @throws SqlError 2BP01 dependent privileges exist; 0LP01 for columns of who has the whole table
 */
export function withoutGrant(
  grants: readonly Grant[],
  change: GrantChange,
  options: RevokeOptions,
  object: GrantedObject,
): readonly Grant[] {
  const { privilege, column, grantorId } = change;
  const own = grants.filter(
    (grant) => grant.privilege === privilege && grant.grantorId === grantorId && sameGrantee(grant, change),
  );
  if (column !== undefined && own.some((grant) => grant.column === undefined))
    throw new SqlError(
      "0LP01",
      `cannot revoke ${privilege.toUpperCase()} on columns of relation "${object.name}" from a grantee that has it on the relation`,
      { hint: `Revoke ${privilege.toUpperCase()} on the relation.` },
    );
  // A revoke of the whole takes the columns along.
  const gone = new Set(own.filter((grant) => column === undefined || grant.column === column));
  if (gone.size === 0) return grants;
  const left = options.optionOnly
    ? grants.map((grant) => (gone.has(grant) ? { ...grant, withGrantOption: false } : grant))
    : grants.filter((grant) => !gone.has(grant));
  return withoutOrphans(left, privilege, options.cascade, object);
}

/**
 * Without grants whose grantor has the option from nobody any more. Users who have it from each other only, and not
 * from the owner by whatever way, do not have it.
 */
function withoutOrphans(
  grants: readonly Grant[],
  privilege: Privilege,
  cascade: boolean,
  { ownerId }: GrantedObject,
): readonly Grant[] {
  const holders = optionHolders(grants, privilege, ownerId);
  const kept = grants.filter((grant) => grant.privilege !== privilege || holders.has(grant.grantorId));
  if (kept.length === grants.length) return grants;
  if (!cascade)
    throw new SqlError("2BP01", "dependent privileges exist", {
      hint: "Use CASCADE to revoke them too.",
    });
  return kept;
}

/** The owner, and users whose option comes from it by a chain of grants. */
function optionHolders(grants: readonly Grant[], privilege: Privilege, ownerId: number): ReadonlySet<number> {
  const options = grants.filter(
    (grant) => grant.privilege === privilege && grant.withGrantOption && grant.granteeKind === "user",
  );
  const holders = new Set([ownerId]);
  let before = 0;
  while (before < holders.size) {
    before = holders.size;
    for (const { grantorId, granteeId } of options) if (holders.has(grantorId)) holders.add(granteeId);
  }
  return holders;
}

/** A chain of options must begin at the owner: without the grantee's options the grantor must still have its own. */
function checkCircularity(grants: readonly Grant[], change: GrantChange, object: GrantedObject): void {
  const { grantorId, granteeId, privilege } = change;
  if (grantorId === object.ownerId) return;
  const optionless = grants.map((grant) =>
    grant.granteeKind === "user" && grant.granteeId === granteeId && grant.privilege === privilege
      ? { ...grant, withGrantOption: false }
      : grant,
  );
  if (!optionHolders(optionless, privilege, object.ownerId).has(grantorId))
    throw new SqlError("0LP01", "grant options cannot be granted back to your own grantor");
}

/**
 * The grants of an object that got another owner: what the old one granted is the new one's grant, and what the
 * new one was granted it now has as the owner.
 */
export function grantsOfNewOwner(
  grants: readonly Grant[],
  oldOwnerId: number,
  newOwnerId: number,
): readonly Grant[] {
  const kept = new Map<string, Grant>();
  for (const grant of grants) {
    if (grant.granteeKind === "user" && grant.granteeId === newOwnerId) continue;
    const grantorId = grant.grantorId === oldOwnerId ? newOwnerId : grant.grantorId;
    const key = JSON.stringify([
      grant.granteeKind,
      grant.granteeId,
      grantorId,
      grant.privilege,
      grant.column ?? null,
    ]);
    const known = kept.get(key);
    const withGrantOption = grant.withGrantOption || known?.withGrantOption === true;
    kept.set(key, { ...grant, grantorId, withGrantOption });
  }
  return [...kept.values()];
}

function sameGrantee(grant: Grant, { granteeKind, granteeId }: GrantChange): boolean {
  return grant.granteeKind === granteeKind && grant.granteeId === granteeId;
}
