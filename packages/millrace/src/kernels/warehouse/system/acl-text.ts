import type { Grant, Privilege } from "../catalog/records.ts";
import type { SystemLeader } from "./system-view.ts";

/** The letters of PostgreSQL's aclitem; those from `D` on are Redshift's own. */
const letters: Readonly<Record<Privilege, string>> = Object.freeze({
  insert: "a",
  select: "r",
  update: "w",
  delete: "d",
  rule: "R",
  references: "x",
  trigger: "t",
  execute: "X",
  usage: "U",
  create: "C",
  temporary: "T",
  drop: "D",
  truncate: "P",
  alter: "A",
});

const order = "arwdRxtXUCTDPA";

/** What an owner has, which stands in an ACL as soon as anything was granted. */
export const ownerLetters: Readonly<Record<"relation" | "schema" | "database" | "function", string>> =
  Object.freeze({
    relation: "arwdRxtD",
    schema: "UC",
    database: "CT",
    function: "X",
  });

/**
 * An ACL as `relacl` and its like show it: one item a grantee and grantor, the owner's first;
 * undefined when nothing was granted. Privileges of columns are left out.
 */
export function aclItems(
  grants: readonly Grant[],
  ownerId: number,
  ownersLetters: string,
  leader: SystemLeader,
): readonly string[] | null {
  const whole = grants.filter((grant) => grant.column === undefined);
  if (whole.length === 0) return null;
  const owner = aclName(userName(ownerId, leader));
  const items = new Map<string, { prefix: string; suffix: string; marks: Map<string, boolean> }>();
  items.set(`user ${ownerId} ${ownerId}`, {
    prefix: `${owner}=`,
    suffix: `/${owner}`,
    marks: new Map([...ownersLetters].map((letter) => [letter, false])),
  });
  for (const grant of whole) {
    const key = `${grant.granteeKind} ${grant.granteeId} ${grant.grantorId}`;
    const item = items.get(key) ?? {
      prefix: `${granteeText(grant, leader)}=`,
      suffix: `/${aclName(userName(grant.grantorId, leader))}`,
      marks: new Map<string, boolean>(),
    };
    items.set(key, item);
    const letter = letters[grant.privilege];
    item.marks.set(letter, item.marks.get(letter) === true || grant.withGrantOption);
  }
  return [...items.values()].map(({ prefix, suffix, marks }) => {
    const sorted = [...marks].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
    return `${prefix}${sorted.map(([letter, option]) => (option ? `${letter}*` : letter)).join("")}${suffix}`;
  });
}

/** As SVV_ALL_TABLES and the SHOW commands give it: items parted by `~`. */
export function aclText(items: readonly string[] | null): string | null {
  return items === null ? null : items.join("~");
}

export function userName(id: number, leader: SystemLeader): string {
  if (id === 1) return "rdsdb";
  return leader.users.find((user) => user.id === id)?.name ?? `unknown (UID=${id})`;
}

export function granteeName(grant: Grant, leader: SystemLeader): string {
  switch (grant.granteeKind) {
    case "public":
      return "public";
    case "user":
      return userName(grant.granteeId, leader);
    case "group":
      return leader.groups.find((group) => group.id === grant.granteeId)?.name ?? `${grant.granteeId}`;
    case "role":
      return leader.roles.find((role) => role.id === grant.granteeId)?.name ?? `${grant.granteeId}`;
  }
}

function granteeText(grant: Grant, leader: SystemLeader): string {
  if (grant.granteeKind === "public") return "";
  const name = aclName(granteeName(grant, leader));
  return grant.granteeKind === "user" ? name : `${grant.granteeKind} ${name}`;
}

/** Names that are no plain identifiers stand in quotes. */
function aclName(name: string): string {
  return /^[a-z0-9_]+$/i.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
