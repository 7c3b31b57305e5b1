/** Why the catalog refused; a service answers with its own error for each kind. */
export type CatalogRefusal =
  /** `what` is not there. */
  | "not-found"
  /** `what` is there already. */
  | "exists"
  /** Somebody else has changed the table since the given version. */
  | "version-mismatch"
  /** The request contradicts itself or the catalog. */
  | "invalid"
  | "limit";

export class CatalogError extends Error {
  override readonly name = "CatalogError";
  readonly refusal: CatalogRefusal;
  /** What was not found or exists: `database`, `table`, ... */
  readonly what: CatalogEntity;

  constructor(refusal: CatalogRefusal, what: CatalogEntity, message: string) {
    super(message);
    this.refusal = refusal;
    this.what = what;
  }
}

export type CatalogEntity =
  | "database"
  | "table"
  | "version"
  | "partition"
  | "index"
  | "expression"
  | "attachment";
