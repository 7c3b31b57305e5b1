import { SqlError } from "../../sql-error.ts";
import type { CallForm } from "../functions/function-table.ts";
import type { SqlType } from "../types.ts";
import type {
  NameSpace,
  Relation,
  RelationUse,
  ScanRequest,
  SessionValues,
  UserFunction,
} from "./name-space.ts";
import { TableUse } from "./table-use.ts";

/** Characters of printed SQL; a text that repeats itself through aliases or views is refused beyond it. */
export const maxPrintedLength = 32_000_000;

/** Expressions, queries, views and functions inside of one another. */
const maxDepth = 1000;

export interface BindOptions {
  /** What the client says that `$1`, `$2`, ... are; undefined where the statement decides. */
  readonly parameterTypes: readonly (SqlType | undefined)[];
  readonly session: SessionValues;
  /** The statement's own text. */
  readonly text: string;
  /**
   * Decimals of more than 18 digits are computed in 128 bits throughout, which is slower. Without it the engine
   * computes in 64 bits where it can and raises an error (22003) where that is too little: then bind again with it.
   */
  readonly wide?: boolean;
}

interface ScanState {
  readonly id: number;
  readonly use: TableUse;
  readonly predicates: { readonly sql: string; readonly columns: readonly string[] }[];
}

/** Whose names and rights count: the session's, or those of a view's owner inside of the view. */
export interface Place {
  readonly space: NameSpace;
  readonly asUser: string | undefined;
}

/** What is gathered over a whole statement while it is bound. */
export class StatementState {
  readonly options: BindOptions;
  /** What each printed call is told. */
  readonly form: Pick<CallForm, "session" | "wide" | "narrowed">;
  readonly scans: ScanState[] = [];
  readonly userFunctions: Set<UserFunction> = new Set();
  readonly #uses: TableUse[] = [];
  readonly #ifRead: TableUse[] = [];
  readonly #parameterTypes: (SqlType | undefined)[];
  #aliases = 0;
  #depth = 0;
  reusable = true;
  /** A decimal was printed for 64 bits that may need more. */
  narrowDecimals = false;

  constructor(options: BindOptions) {
    this.options = options;
    this.form = {
      session: options.session,
      wide: options.wide === true,
      narrowed: () => {
        this.narrowDecimals = true;
      },
    };
    this.#parameterTypes = [...options.parameterTypes];
  }

  /** A name that nothing else in the statement has. */
  nextAlias(letter: "r" | "w" = "r"): string {
    this.#aliases++;
    return `${letter}${this.#aliases}`;
  }

  use(relation: Relation, privilege: RelationUse["privilege"], asUser: string | undefined): TableUse {
    const use = new TableUse(relation, privilege, asUser);
    this.#uses.push(use);
    return use;
  }

  /** A use that counts only where a column of it is read. */
  noteIfRead(use: TableUse): void {
    this.#ifRead.push(use);
  }

  /** Text that stands in FROM until the scan's own SQL is known. */
  scan(use: TableUse): { readonly state: ScanState; readonly sql: string } {
    const state: ScanState = { id: this.scans.length + 1, use, predicates: [] };
    this.scans.push(state);
    return { state, sql: `\0${state.id}\0` };
  }

  parameterType(index: number): SqlType | undefined {
    return this.#parameterTypes[index - 1];
  }

  noteParameter(index: number, type: SqlType | undefined): void {
    while (this.#parameterTypes.length < index) this.#parameterTypes.push(undefined);
    if (type !== undefined) this.#parameterTypes[index - 1] = type;
  }

  /** Runs `bind` one level deeper. */
  nested<T>(bind: () => T): T {
    if (this.#depth >= maxDepth) {
      throw new SqlError("54001", "stack depth limit exceeded", {
        hint: "Queries, views and functions are nested too deeply.",
      });
    }
    this.#depth++;
    try {
      return bind();
    } finally {
      this.#depth--;
    }
  }

  /** All that is named so far are system tables: the leader node runs the statement, and can do more than the others. */
  isLeaderOnly(): boolean {
    return this.#uses.length > 0 && this.#uses.every((use) => use.relation.kind === "system table");
  }

  finishedParameterTypes(): readonly SqlType[] {
    return this.#parameterTypes.map((type) => type ?? { name: "character varying" });
  }

  finishedUses(): readonly RelationUse[] {
    const read = this.#ifRead.filter((use) => use.columns.size > 0);
    return [...this.#uses, ...read].map((use) => use.finished());
  }

  finishedScans(): readonly ScanRequest[] {
    return this.scans.map(({ id, use, predicates }) => ({
      id,
      relation: use.relation,
      columns: [...use.columns],
      predicates,
    }));
  }
}
