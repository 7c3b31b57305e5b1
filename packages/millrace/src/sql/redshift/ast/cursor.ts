import type { Span } from "../../position.ts";
import type { SqlType } from "../types.ts";
import type { Delete, Insert, Update } from "./dml.ts";
import type { Expression } from "./expression.ts";
import type { Identifier } from "./name.ts";
import type { Query } from "./query.ts";

export interface DeclareCursor {
  readonly kind: "declare-cursor";
  readonly name: Identifier;
  readonly query: Query;
  readonly span: Span;
}

export interface Fetch {
  readonly kind: "fetch";
  /** NEXT is 1, `FORWARD` alone as well. */
  readonly count: number | "all";
  readonly cursor: Identifier;
  readonly span: Span;
}

export interface CloseCursor {
  readonly kind: "close-cursor";
  /** Undefined for CLOSE ALL. */
  readonly name: Identifier | undefined;
  readonly span: Span;
}

export interface Prepare {
  readonly kind: "prepare";
  readonly name: Identifier;
  readonly parameterTypes: readonly SqlType[];
  readonly statement: Query | Insert | Update | Delete;
  /** The prepared statement as it was written. */
  readonly statementText: string;
  readonly span: Span;
}

export interface Execute {
  readonly kind: "execute";
  readonly name: Identifier;
  readonly arguments: readonly Expression[];
  readonly span: Span;
}

export interface Deallocate {
  readonly kind: "deallocate";
  /** Undefined for DEALLOCATE ALL. */
  readonly name: Identifier | undefined;
  readonly span: Span;
}
