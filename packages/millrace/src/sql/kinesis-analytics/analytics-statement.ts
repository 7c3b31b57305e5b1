import type { DataType } from "../flink/ast/data-type.ts";
import type { Identifier } from "../flink/ast/name.ts";
import type { Query } from "../flink/ast/tree.ts";
import type { Span } from "../position.ts";

/** The statements of the retired dialect; spans count from the beginning of the code. */
export type AnalyticsStatement = CreateStream | CreatePump | CreateStreamView;

/** `CREATE [OR REPLACE] STREAM name (columns) [AS SELECT STREAM ...]` */
export interface CreateStream {
  readonly kind: "create-stream";
  readonly span: Span;
  readonly name: Identifier;
  readonly columns: readonly StreamColumn[];
  readonly query: Query | undefined;
}

export interface StreamColumn {
  readonly name: Identifier;
  readonly type: DataType;
}

/** `CREATE [OR REPLACE] PUMP name AS INSERT INTO stream [(columns)] SELECT STREAM ...` */
export interface CreatePump {
  readonly kind: "create-pump";
  readonly span: Span;
  readonly name: Identifier;
  readonly stream: Identifier;
  readonly columns: readonly Identifier[];
  readonly query: Query;
}

/** `CREATE [OR REPLACE] VIEW name [(columns)] AS SELECT STREAM ...` */
export interface CreateStreamView {
  readonly kind: "create-stream-view";
  readonly span: Span;
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
  readonly query: Query;
}
