import type { CollectionName, Collections } from "./document.ts";

type Tables = { readonly [Name in CollectionName]: Map<string, Collections[Name]> };

export const collectionNames: readonly CollectionName[] = [
  "users",
  "groups",
  "roles",
  "policies",
  "profiles",
  "providers",
  "keys",
  "accounts",
  "logins",
];

/**
 * Everything that one account has in IAM. Users, groups, roles, policies and profiles are found by their
 * names in lower case, because names that differ in nothing but case are taken for the same.
 */
export class IamAccount implements Tables {
  readonly id: string;
  readonly users: Tables["users"] = new Map();
  readonly groups: Tables["groups"] = new Map();
  readonly roles: Tables["roles"] = new Map();
  readonly policies: Tables["policies"] = new Map();
  readonly profiles: Tables["profiles"] = new Map();
  /** By URL without its scheme, as in their ARNs. */
  readonly providers: Tables["providers"] = new Map();
  readonly keys: Tables["keys"] = new Map();
  /** The account's own settings, under its id. */
  readonly accounts: Tables["accounts"] = new Map();
  /** By the user's id. */
  readonly logins: Tables["logins"] = new Map();
  /** Grows with each change: what was computed from an older one is stale. */
  revision = 0;

  constructor(id: string) {
    this.id = id;
  }

  table<Name extends CollectionName>(name: Name): Map<string, Collections[Name]> {
    return this[name] as unknown as Map<string, Collections[Name]>;
  }
}

export function keyOf(name: string): string {
  return name.toLowerCase();
}
