import type { Unsupported } from "../ast/admin.ts";
import type { Begin, Commit, IsolationLevel, Rollback } from "../ast/transaction.ts";
import { expectAny } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";
import { refusedByRedshift } from "./unsupported.ts";

export interface TransactionModes {
  readonly isolation: IsolationLevel | undefined;
  readonly readOnly: boolean | undefined;
}

/** BEGIN [WORK | TRANSACTION] ..., START TRANSACTION ... */
export function parseBegin(stream: TokenStream): Begin {
  const { start } = stream.current;
  const tag = stream.at("begin") ? "BEGIN" : "START TRANSACTION";
  if (tag === "BEGIN") {
    stream.next();
    stream.acceptAny("work", "transaction");
  } else {
    stream.expect("start", "transaction");
  }
  return { kind: "begin", tag, ...parseTransactionModes(stream, false), span: stream.spanFrom(start) };
}

/** ISOLATION LEVEL and READ ONLY | WRITE, each once, in any order and with commas or without. */
export function parseTransactionModes(stream: TokenStream, required: boolean): TransactionModes {
  let isolation: IsolationLevel | undefined;
  let readOnly: boolean | undefined;
  let more = required;
  for (;;) {
    if (isolation === undefined && stream.accept("isolation", "level")) {
      isolation = parseIsolationLevel(stream);
    } else if (readOnly === undefined && stream.accept("read")) {
      readOnly = expectAny(stream, "only", "write") === "only";
    } else if (more) {
      throw stream.syntaxError();
    } else {
      return { isolation, readOnly };
    }
    more = stream.accept(",");
  }
}

function parseIsolationLevel(stream: TokenStream): IsolationLevel {
  if (stream.accept("serializable")) {
    return "serializable";
  }
  if (stream.accept("repeatable", "read")) {
    return "repeatable read";
  }
  stream.expect("read");
  return expectAny(stream, "committed", "uncommitted") === "committed"
    ? "read committed"
    : "read uncommitted";
}

/** COMMIT, END */
export function parseCommit(stream: TokenStream): Commit {
  const { start } = stream.next();
  stream.acceptAny("work", "transaction");
  return { kind: "commit", span: stream.spanFrom(start) };
}

/** ROLLBACK, ABORT. There are no savepoints to go back to. */
export function parseRollback(stream: TokenStream): Rollback | Unsupported {
  const { start } = stream.next();
  stream.acceptAny("work", "transaction");
  if (stream.at("to")) {
    return refusedByRedshift(stream, start, "ROLLBACK TO SAVEPOINT", "");
  }
  return { kind: "rollback", span: stream.spanFrom(start) };
}
