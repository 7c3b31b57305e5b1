import type { Store } from "../../../core/store.ts";
import type { Call } from "../../../gateway/call.ts";
import { DocumentTable, type Owner } from "../document-table.ts";
import { entityNotFound } from "../errors.ts";
import type { CatalogDocument } from "./catalog-document.ts";

/** A catalog by what clients call it: `123456789012`, `123456789012:name` or, in the caller's account, `name`. */
export interface CatalogName extends Owner {
  /** "" for the account's default catalog. */
  readonly name: string;
}

export function catalogNameOf(catalogId: string | undefined, call: Call): CatalogName {
  const { account, region } = call;
  if (catalogId === undefined) return { account, region, name: "" };
  const parts = /^(\d{12})(?::(.*))?$/s.exec(catalogId);
  if (parts === null) return { account, region, name: catalogId };
  return { account: parts[1] ?? account, region, name: parts[2] ?? "" };
}

/** The named catalogs of all accounts. Each account has its default catalog from the beginning. */
export class Catalogs {
  readonly table: DocumentTable<CatalogDocument>;

  constructor(store: Store) {
    this.table = new DocumentTable(store, "catalogs", ({ name }) => name);
  }

  /** @throws ServiceError EntityNotFoundException */
  get(name: CatalogName): CatalogDocument {
    const document = this.table.get(name, name.name);
    if (document !== undefined) return document;
    if (name.name !== "") throw entityNotFound(`Catalog ${name.name} not found.`);
    return { account: name.account, region: name.region, name: "" };
  }

  /** Those with a name, in the order of their names. */
  named(owner: Owner): CatalogDocument[] {
    return this.table.list(owner).filter(({ name }) => name !== "");
  }
}
