import type { Unsupported } from "../ast/admin.ts";
import type { Show, ShowDatabases, ShowPolicies } from "../ast/show.ts";
import type { ShowVariable } from "../ast/transaction.ts";
import { parseGrantee } from "./grantee.ts";
import { parseArgumentTypes } from "./routine-signature.ts";
import { parseShowVariable } from "./set-variable.ts";
import { expectAny } from "./shared-clauses.ts";
import { parseColumnGrants, parseShowGrants } from "./show-grants.ts";
import {
  parseLike,
  parseLimit,
  parseShowArgumentTypes,
  parseShowFilter,
  parseShowName,
} from "./show-name.ts";
import type { TokenStream } from "./token-stream.ts";
import { unsupported } from "./unsupported.ts";

type Parse = (stream: TokenStream, start: number) => Show | Unsupported;

/** By the first word behind SHOW, and by the second where the first would be a setting's name without it. */
const COMMANDS: ReadonlyMap<string, Parse> = new Map<string, Parse>([
  ["databases", parseShowDatabases],
  ["schemas", parseShowSchemas],
  ["tables", parseShowTables],
  ["columns", parseShowColumns],
  ["table", parseShowTable],
  ["view", parseShowView],
  ["external", parseShowExternalTable],
  ["grants", parseShowGrants],
  ["column", parseColumnGrants],
  ["constraints", parseShowConstraints],
  ["procedures", (stream, start) => parseShowRoutines(stream, start, "procedure")],
  ["functions", (stream, start) => parseShowRoutines(stream, start, "function")],
  ["parameters", parseShowParameters],
  ["procedure", parseShowProcedure],
  ["datashares", parseShowDatashares],
  ["model", parseShowModel],
  ["template", (stream, start) => unsupported(stream, start, "SHOW TEMPLATE")],
  ["templates", (stream, start) => unsupported(stream, start, "SHOW TEMPLATES")],
]);

/** SHOW of objects, of grants and of settings. */
export function parseShow(stream: TokenStream): Show | ShowVariable | Unsupported {
  const { start } = stream.current;
  stream.expect("show");
  if (stream.at("rls", "policies") || stream.at("masking", "policies")) {
    return parseShowPolicies(stream, start);
  }
  const parse = COMMANDS.get(stream.current.lexeme);
  if (parse === undefined) {
    return parseShowVariable(stream, start);
  }
  stream.next();
  return parse(stream, start);
}

function parseShowDatabases(stream: TokenStream, start: number): ShowDatabases {
  const dataCatalog = stream.accept("from", "data", "catalog")
    ? { accounts: parseAccounts(stream) }
    : undefined;
  const filter = parseShowFilter(stream);
  const iamRole = dataCatalog !== undefined && stream.accept("iam_role") ? parseRoleText(stream) : undefined;
  return {
    kind: "show-databases",
    dataCatalog: dataCatalog === undefined ? undefined : { ...dataCatalog, iamRole },
    ...filter,
    span: stream.spanFrom(start),
  };
}

/** `ACCOUNT 'id', ...` */
function parseAccounts(stream: TokenStream): readonly string[] {
  return stream.accept("account") ? stream.list(() => stream.string()) : [];
}

function parseRoleText(stream: TokenStream): string {
  return stream.accept("default") ? "default" : stream.string();
}

function parseShowSchemas(stream: TokenStream, start: number): Show {
  stream.expect("from", "database");
  const database = parseShowName(stream, 1, 1);
  return { kind: "show-schemas", database, ...parseShowFilter(stream), span: stream.spanFrom(start) };
}

function parseShowTables(stream: TokenStream, start: number): Show {
  stream.expect("from", "schema");
  const schema = parseShowName(stream, 1, 2);
  return { kind: "show-tables", schema, ...parseShowFilter(stream), span: stream.spanFrom(start) };
}

function parseShowColumns(stream: TokenStream, start: number): Show {
  stream.expect("from", "table");
  const table = parseShowName(stream, 1, 3);
  return { kind: "show-columns", table, ...parseShowFilter(stream), span: stream.spanFrom(start) };
}

function parseShowTable(stream: TokenStream, start: number): Show {
  const table = parseShowName(stream, 1, 3);
  return { kind: "show-table", table, span: stream.spanFrom(start) };
}

function parseShowView(stream: TokenStream, start: number): Show {
  const view = parseShowName(stream, 1, 3);
  return { kind: "show-view", view, span: stream.spanFrom(start) };
}

function parseShowExternalTable(stream: TokenStream, start: number): Show {
  stream.expect("table");
  const table = parseShowName(stream, 2, 3);
  const partition = stream.accept("partition");
  return { kind: "show-external-table", table, partition, span: stream.spanFrom(start) };
}

function parseShowConstraints(stream: TokenStream, start: number): Show {
  const keys = expectAny(stream, "primary", "foreign");
  stream.expect("keys");
  const exported = keys === "foreign" && stream.accept("exported");
  stream.expect("from", "table");
  const table = parseShowName(stream, 1, 3);
  const constraints = exported ? "exported foreign keys" : (`${keys} keys` as const);
  const filter = parseShowFilter(stream);
  return { kind: "show-constraints", constraints, table, ...filter, span: stream.spanFrom(start) };
}

function parseShowRoutines(stream: TokenStream, start: number, routine: "procedure" | "function"): Show {
  stream.expect("from", "schema");
  const schema = parseShowName(stream, 1, 2);
  const filter = parseShowFilter(stream);
  return { kind: "show-routines", routine, schema, ...filter, span: stream.spanFrom(start) };
}

function parseShowParameters(stream: TokenStream, start: number): Show {
  stream.expect("of");
  const routine = expectAny(stream, "procedure", "function");
  const name = parseShowName(stream, 1, 3);
  const argumentTypes = stream.at("(") ? parseShowArgumentTypes(stream) : undefined;
  const filter = parseShowFilter(stream);
  return { kind: "show-parameters", routine, name, argumentTypes, ...filter, span: stream.spanFrom(start) };
}

function parseShowProcedure(stream: TokenStream, start: number): Show {
  const name = parseShowName(stream, 1, 3);
  const argumentTypes = stream.at("(") ? parseArgumentTypes(stream) : undefined;
  return { kind: "show-procedure", name, argumentTypes, span: stream.spanFrom(start) };
}

function parseShowDatashares(stream: TokenStream, start: number): Show {
  return { kind: "show-datashares", like: parseLike(stream), span: stream.spanFrom(start) };
}

function parseShowModel(stream: TokenStream, start: number): Show {
  const name = stream.accept("all") ? undefined : parseShowName(stream, 1, 3);
  return { kind: "show-model", name, span: stream.spanFrom(start) };
}

function parseShowPolicies(stream: TokenStream, start: number): ShowPolicies {
  const policies = expectAny(stream, "rls", "masking");
  stream.expect("policies");
  const relation = stream.accept("on") ? parseShowName(stream, 1, 3) : undefined;
  const grantee = relation !== undefined && stream.accept("for") ? parseGrantee(stream) : undefined;
  const fromDatabase = relation === undefined && stream.accept("from", "database");
  const database = fromDatabase ? parseShowName(stream, 1, 1) : undefined;
  const limit = parseLimit(stream);
  return {
    kind: "show-policies",
    policies,
    relation,
    grantee,
    database,
    limit,
    span: stream.spanFrom(start),
  };
}
