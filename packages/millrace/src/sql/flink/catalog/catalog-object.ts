import type { Query } from "../ast/tree.ts";
import type { TableDefinition } from "../relation.ts";

/** Catalog, database and name of a table or view. */
export type ObjectPath = readonly [catalog: string, database: string, name: string];

export type CatalogObject = CatalogTable | CatalogView;

export interface CatalogTable {
  readonly kind: "table";
  readonly isTemporary: boolean;
  readonly definition: TableDefinition;
  readonly comment: string | undefined;
  /** What the definition does not say, for SHOW CREATE and DESCRIBE: as many as columns. */
  readonly columnTexts: readonly ColumnText[];
  /** The watermark's expression as written. */
  readonly watermarkText: string | undefined;
  readonly keyName: string | undefined;
}

export interface ColumnText {
  readonly comment: string | undefined;
  /** Of a computed column, as written. */
  readonly expression: string | undefined;
}

/** A query with a name, bound where it was made whenever it is used. */
export interface CatalogView {
  readonly kind: "view";
  readonly isTemporary: boolean;
  readonly path: ObjectPath;
  readonly query: Query;
  /** The statement in whose text the tree counts. */
  readonly statementText: string;
  /** The query as written. */
  readonly text: string;
  /** Its columns' names where they were given. */
  readonly columns: readonly string[];
  readonly comment: string | undefined;
  /** What unqualified names meant. */
  readonly catalog: string;
  readonly database: string;
}
