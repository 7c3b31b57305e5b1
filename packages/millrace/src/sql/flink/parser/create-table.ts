import type { Identifier } from "../ast/name.ts";
import type {
  CreateMaterializedTable,
  CreateTable,
  Distribution,
  LikeClause,
  LikeFeature,
  TableSchema,
} from "../ast/table.ts";
import type { Grammar } from "./grammar.ts";
import { acceptComment, acceptIfNotExists, acceptOptions } from "./shared-clauses.ts";
import { SchemaReader } from "./table-schema.ts";
import type { TokenStream } from "./token-stream.ts";

interface TableBegin {
  readonly start: number;
  readonly temporary: boolean;
  readonly orReplace: boolean;
  readonly replaceOnly: boolean;
}

// TABLE [IF NOT EXISTS] name [( elements )] [COMMENT] [DISTRIBUTED] [PARTITIONED BY] [WITH] [LIKE ... | AS query]
export function parseCreateTable(grammar: Grammar, begin: TableBegin): CreateTable {
  const { stream } = grammar;
  stream.expect("table");
  const ifNotExists = acceptIfNotExists(stream);
  const name = stream.qualifiedName("a table's name");
  const { schema, columnOrder } = parseElements(grammar);
  const clauses = parseClauses(stream);
  const like = stream.accept("like") ? parseLike(stream) : undefined;
  const as = like === undefined && stream.accept("as") ? grammar.query() : undefined;
  if (as === undefined && columnOrder.length > 0) {
    throw stream.syntaxError("AS: columns without types are those of a query");
  }
  return {
    kind: "create-table",
    temporary: begin.temporary,
    orReplace: begin.orReplace,
    replaceOnly: begin.replaceOnly,
    ifNotExists,
    name,
    schema,
    columnOrder,
    ...clauses,
    like,
    as,
    span: stream.spanFrom(begin.start),
  };
}

/** Columns, or only names of a query's columns. */
function parseElements(grammar: Grammar): { schema: TableSchema; columnOrder: readonly Identifier[] } {
  const { stream } = grammar;
  const reader = new SchemaReader(grammar);
  if (!stream.at("(")) {
    return { schema: reader.schema, columnOrder: [] };
  }
  const behind = stream.peek(2).lexeme;
  if (stream.atIdentifier(1) && (behind === "," || behind === ")")) {
    return { schema: reader.schema, columnOrder: stream.nameList() };
  }
  reader.readBrackets();
  return { schema: reader.schema, columnOrder: [] };
}

type TableClauses = Pick<CreateTable, "comment" | "distribution" | "partitionedBy" | "options">;

function parseClauses(stream: TokenStream): TableClauses {
  const comment = acceptComment(stream);
  const distribution = stream.at("distributed") ? parseDistribution(stream) : undefined;
  const partitionedBy = stream.accept("partitioned", "by") ? stream.nameList() : [];
  const options = acceptOptions(stream);
  return { comment, distribution, partitionedBy, options };
}

// DISTRIBUTED [BY [HASH|RANGE] ( column, ... )] [INTO n BUCKETS]; in ALTER TABLE the word is DISTRIBUTION
export function parseDistribution(stream: TokenStream): Distribution {
  const { start } = stream.current;
  stream.expectAny("distributed", "distribution");
  let method: Distribution["method"];
  let columns: readonly Identifier[] = [];
  if (stream.accept("by")) {
    method = stream.acceptAny("hash", "range");
    columns = stream.nameList();
  }
  let buckets: number | undefined;
  if (stream.accept("into")) {
    buckets = stream.integer();
    stream.expect("buckets");
  }
  if (columns.length === 0 && buckets === undefined) {
    throw stream.syntaxError("BY or INTO");
  }
  return { method, columns, buckets, span: stream.spanFrom(start) };
}

const FEATURES: readonly LikeFeature[] = [
  "all",
  "constraints",
  "distribution",
  "generated",
  "metadata",
  "options",
  "partitions",
  "watermarks",
];

// name [( INCLUDING|EXCLUDING|OVERWRITING feature ... )]
function parseLike(stream: TokenStream): LikeClause {
  const { start } = stream.current;
  const name = stream.qualifiedName("a table's name");
  const options: LikeClause["options"][number][] = [];
  if (stream.accept("(")) {
    do {
      const strategy = stream.expectAny("including", "excluding", "overwriting");
      options.push({ strategy, feature: stream.expectAny(...FEATURES) });
    } while (!stream.accept(")"));
  }
  return { name, options, span: stream.spanFrom(start) };
}

// MATERIALIZED TABLE [IF NOT EXISTS] name [( elements )] [clauses] [FRESHNESS = interval] [REFRESH_MODE = mode] AS query
export function parseCreateMaterializedTable(
  grammar: Grammar,
  orAlter: boolean,
  start: number,
): CreateMaterializedTable {
  const { stream } = grammar;
  stream.expect("materialized", "table");
  const ifNotExists = acceptIfNotExists(stream);
  const name = stream.qualifiedName("a table's name");
  const { schema, columnOrder } = parseElements(grammar);
  const clauses = parseClauses(stream);
  let freshness: CreateMaterializedTable["freshness"];
  if (stream.accept("freshness")) {
    stream.expect("=");
    freshness = grammar.expression();
  }
  let refreshMode: CreateMaterializedTable["refreshMode"];
  if (stream.accept("refresh_mode")) {
    stream.expect("=");
    refreshMode = stream.expectAny("full", "continuous");
  }
  stream.expect("as");
  const as = grammar.query();
  return {
    kind: "create-materialized-table",
    orAlter,
    ifNotExists,
    name,
    schema,
    columnOrder,
    ...clauses,
    freshness,
    refreshMode,
    as,
    span: stream.spanFrom(start),
  };
}
