import { SqlError } from "../../sql-error.ts";
import type { Unload } from "../ast/unload.ts";
import { acceptAuthorization } from "./copy-authorization.ts";
import { parseQuery } from "./query.ts";
import { TokenStream } from "./token-stream.ts";
import { acceptUnloadOption, newUnloadDraft, type UnloadDraft } from "./unload-options.ts";

/** UNLOAD ('query') TO 's3://...' ... */
export function parseUnload(stream: TokenStream): Unload {
  const { start } = stream.current;
  stream.expect("unload", "(");
  const queryStart = stream.current.start;
  const queryText = stream.string();
  const querySpan = stream.spanFrom(queryStart);
  const query = parseQueryText(stream, queryText, querySpan.start);
  stream.expect(")", "to");
  const targetStart = stream.current.start;
  const target = stream.string();
  const targetSpan = stream.spanFrom(targetStart);
  const draft = parseClauses(stream);
  const span = stream.spanFrom(start);
  const { authorization, options } = draft;
  const format = draft.format ?? "text";
  return {
    kind: "unload",
    queryText,
    querySpan,
    query,
    target,
    targetSpan,
    authorization,
    format,
    options,
    span,
  };
}

/** Errors inside of the text are shown at the literal, since escapes make positions differ. */
function parseQueryText(stream: TokenStream, text: string, literalStart: number): Unload["query"] {
  try {
    const inner = new TokenStream(text, { caseSensitiveIdentifiers: stream.caseSensitiveIdentifiers });
    const query = parseQuery(inner);
    inner.accept(";");
    if (inner.current.kind !== "end") {
      throw inner.syntaxError();
    }
    return query;
  } catch (error) {
    if (!(error instanceof SqlError)) {
      throw error;
    }
    const { sqlState, message, detail, hint } = error;
    throw new SqlError(sqlState, message, {
      detail,
      hint,
      position: stream.origin + literalStart,
      cause: error,
    });
  }
}

/** Authorization, format and options in any order. */
function parseClauses(stream: TokenStream): UnloadDraft {
  const draft = newUnloadDraft();
  while (!stream.atEnd()) {
    const { start } = stream.current;
    const authorization = acceptAuthorization(stream);
    if (authorization !== undefined) {
      if (draft.authorization !== undefined) {
        throw stream.error("42601", "conflicting or redundant options", start);
      }
      draft.authorization = authorization;
    } else if (!acceptUnloadOption(stream, draft)) {
      throw stream.syntaxError();
    }
  }
  return draft;
}
