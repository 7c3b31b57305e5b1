import type { Statement } from "../ast/statement.ts";
import { parseAlter, parseDrop } from "./alter.ts";
import { parseCreate } from "./create.ts";
import { parseCreateTable } from "./create-table.ts";
import type { Grammar } from "./grammar.ts";
import {
  parseDelete,
  parseInsert,
  parseProcedureCall,
  parseStatementSet,
  parseTruncate,
  parseUpdate,
} from "./insert.ts";
import { parseBegin, parseCompilePlan, parseEnd, parseExecute, parseExplain } from "./plan.ts";
import {
  parseAnalyze,
  parseDescribe,
  parseJar,
  parseLoadModule,
  parseReset,
  parseSet,
  parseStopJob,
  parseUnloadModule,
  parseUse,
} from "./session.ts";
import { parseShow } from "./show.ts";

type StatementParser = (grammar: Grammar) => Statement;

/** By the first word; `(` begins a query. */
const PARSERS: ReadonlyMap<string, StatementParser> = new Map<string, StatementParser>([
  ["select", query],
  ["with", query],
  ["values", query],
  ["(", query],
  ["table", query],
  ["insert", parseInsert],
  ["statement", parseStatementSet],
  ["begin", parseBegin],
  ["end", parseEnd],
  ["execute", parseExecute],
  ["compile", parseCompilePlan],
  ["explain", parseExplain],
  ["create", parseCreate],
  ["replace", parseReplace],
  ["alter", parseAlter],
  ["drop", parseDrop],
  ["update", parseUpdate],
  ["delete", parseDelete],
  ["truncate", parseTruncate],
  ["call", parseProcedureCall],
  ["use", parseUse],
  ["set", parseSet],
  ["reset", parseReset],
  ["show", parseShow],
  ["describe", parseDescribe],
  ["desc", parseDescribe],
  ["add", parseJar],
  ["remove", parseJar],
  ["load", parseLoadModule],
  ["unload", parseUnloadModule],
  ["analyze", parseAnalyze],
  ["stop", parseStopJob],
]);

/** The statement that follows. @throws SqlError */
export function parseStatementAt(grammar: Grammar): Statement {
  const { stream } = grammar;
  const parse = PARSERS.get(stream.current.lexeme);
  if (parse === undefined) {
    throw stream.syntaxError("a statement");
  }
  return parse(grammar);
}

function query(grammar: Grammar): Statement {
  return grammar.query();
}

// REPLACE TABLE name ... AS query
function parseReplace(grammar: Grammar): Statement {
  const { stream } = grammar;
  const { start } = stream.next();
  return parseCreateTable(grammar, { start, temporary: false, orReplace: true, replaceOnly: true });
}
