/** All of the trees that `sql/flink/parser` makes. */
export type * from "./catalog-object.ts";
export type * from "./data-type.ts";
export type * from "./leaf.ts";
export type * from "./name.ts";
export type * from "./pattern.ts";
export type * from "./session.ts";
export type {
  BeginStatementSet,
  Call as CallProcedure,
  CompilePlan,
  DataStatement,
  DefinitionStatement,
  Delete,
  EndStatementSet,
  Execute,
  ExecutePlan,
  Explain,
  ExplainDetail,
  Insert,
  SessionStatement,
  Statement,
  StatementSet,
  Truncate,
  Update,
} from "./statement.ts";
export type * from "./table.ts";
export type * from "./tree.ts";
