import type { CatalogChange, CatalogPort } from "../catalog/catalog-port.ts";
import type { InsertStatement, Relation } from "../relation.ts";
import type { ProgramSettings } from "./settings.ts";

/** What the binder is told of the world. */
export interface BindOptions {
  /** By the value of the option `connector`; `Connector`s of the kernel are such. */
  readonly connectors: ReadonlyMap<string, ConnectorFacts>;
  /** Catalogs that outlive the program; undefined: there are none. */
  readonly catalogs: CatalogPort | undefined;
  /** As if SET had been said before the program: keys in lower case with their values. */
  readonly settings: Readonly<Record<string, string>>;
}

/** What the binder wants to know of a connector. */
export interface ConnectorFacts {
  readonly metadata: Readonly<Record<string, { readonly type: string; readonly isWritable: boolean }>>;
}

/** A program whose names and types are found. */
export interface BoundProgram {
  /** All INSERTs, alone or in statement sets, in order: they run as one job. */
  readonly inserts: readonly InsertStatement[];
  readonly settings: ProgramSettings;
  /** What the statements of the program answer, statement by statement. */
  readonly outcomes: readonly StatementOutcome[];
  /** Functions of the program in JavaScript, as `openJavaScriptFunctions` takes them. */
  readonly functions: readonly BoundFunction[];
  /** To be done to external catalogs before the job starts. */
  readonly catalogChanges: readonly CatalogChange[];
  /** Where the program names the tables that it makes, by their paths with dots. */
  readonly tablePlaces: ReadonlyMap<string, number>;
  readonly warnings: readonly string[];
}

/** A function of the program: plain data that goes into the threads that run it. */
export interface BoundFunction {
  /** In lower case, without `udf:`. */
  readonly name: string;
  /** Its signature in a comment, and the function. */
  readonly text: string;
}

export interface StatementPlace {
  /** The statement as written, and where it begins in the program. */
  readonly text: string;
  readonly start: number;
}

export type StatementOutcome = StatementPlace &
  (
    | { readonly kind: "done" }
    | { readonly kind: "inserts"; readonly inserts: readonly InsertStatement[] }
    /** A query by itself: for notebooks, and refused in programs of applications. */
    | { readonly kind: "query"; readonly relation: Relation }
    /** SHOW, DESCRIBE. */
    | {
        readonly kind: "rows";
        readonly columns: readonly string[];
        readonly rows: readonly (readonly string[])[];
      }
    /** EXPLAIN, of a query or of INSERTs. */
    | {
        readonly kind: "explain";
        readonly details: readonly string[];
        readonly relation: Relation | undefined;
        readonly inserts: readonly InsertStatement[];
      }
  );
