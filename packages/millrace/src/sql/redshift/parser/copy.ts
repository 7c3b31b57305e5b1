import type { Unsupported } from "../ast/admin.ts";
import type { Copy } from "../ast/copy.ts";
import { acceptAuthorization } from "./copy-authorization.ts";
import { acceptCopyFormat } from "./copy-format.ts";
import { acceptCopyOption, type CopyDraft, newCopyDraft } from "./copy-options.ts";
import { acceptSwitch } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";
import { unsupported } from "./unsupported.ts";

const JOB_COMMANDS: ReadonlySet<string> = new Set(["create", "run", "show", "list", "drop", "alter"]);

/** COPY t [(columns)] FROM 'source' ... */
export function parseCopy(stream: TokenStream): Copy | Unsupported {
  const { start } = stream.current;
  stream.expect("copy");
  const command = stream.peek(1).lexeme;
  if (stream.at("job") && JOB_COMMANDS.has(command)) {
    return unsupported(stream, start, `COPY JOB ${command.toUpperCase()}`);
  }
  const table = stream.qualifiedName();
  const columns = stream.at("(") ? stream.columnList() : [];
  stream.expect("from");
  const sourceStart = stream.current.start;
  const source = stream.string();
  const sourceSpan = stream.spanFrom(sourceStart);
  const { authorization, format: written, quote, job, options } = parseClauses(stream);
  const format = written?.kind === "csv" ? ({ kind: "csv", quote } as const) : written;
  return {
    kind: "copy",
    table,
    columns,
    source,
    sourceSpan,
    authorization,
    format: format ?? { kind: "delimited" },
    options,
    job,
    span: stream.spanFrom(start),
  };
}

/** Authorization, format and options in any order. */
function parseClauses(stream: TokenStream): CopyDraft {
  const draft = newCopyDraft();
  while (!stream.atEnd()) {
    const { start } = stream.current;
    const authorization = acceptAuthorization(stream);
    if (authorization !== undefined) {
      if (draft.authorization !== undefined) {
        throw stream.error("42601", "conflicting or redundant options", start);
      }
      draft.authorization = authorization;
    } else if (draft.job === undefined && stream.accept("job", "create")) {
      draft.job = parseJob(stream);
    } else if (!acceptCopyFormat(stream, draft) && !acceptCopyOption(stream, draft)) {
      throw stream.syntaxError();
    }
  }
  if (draft.quote !== undefined && draft.format?.kind !== "csv") {
    throw stream.error("0A000", "COPY quote available only in CSV mode");
  }
  return draft;
}

/** `name [AUTO ON | OFF]` */
function parseJob(stream: TokenStream): Copy["job"] {
  const name = stream.identifier();
  return { name, auto: stream.accept("auto") ? (acceptSwitch(stream) ?? true) : true };
}
