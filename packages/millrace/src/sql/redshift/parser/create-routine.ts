import type { Span } from "../../position.ts";
import type { Unsupported } from "../ast/admin.ts";
import type { CreateFunction, CreateProcedure, RoutineParameter } from "../ast/routine.ts";
import type { IamRole } from "../ast/schema.ts";
import { parseRoutineParameters, parseRoutineType } from "./routine-signature.ts";
import { parseSetting } from "./set-variable.ts";
import { expectAny, parseIamRole } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";
import { unsupported } from "./unsupported.ts";

interface Body {
  readonly text: string;
  readonly span: Span;
}

function parseBody(stream: TokenStream): Body {
  const { start } = stream.current;
  const text = stream.string();
  return { text, span: stream.spanFrom(start) };
}

type Volatility = CreateFunction["volatility"];

/** CREATE [OR REPLACE] FUNCTION has been read. Volatility, AS and LANGUAGE stand in any order. */
export function parseCreateFunction(stream: TokenStream, start: number, orReplace: boolean): CreateFunction {
  const name = stream.qualifiedName();
  const parameters = parseFunctionParameters(stream);
  stream.expect("returns");
  const returnType = parseRoutineType(stream);
  let volatility: Volatility | undefined;
  let body: Body | undefined;
  let language: "sql" | "plpythonu" | undefined;
  while (!stream.atEnd()) {
    if (volatility === undefined && ["volatile", "stable", "immutable"].includes(stream.current.lexeme)) {
      volatility = expectAny(stream, "volatile", "stable", "immutable");
    } else if (body === undefined && stream.accept("as")) {
      body = parseBody(stream);
    } else if (language === undefined && stream.accept("language")) {
      language = parseLanguage(stream);
    } else {
      throw stream.syntaxError();
    }
  }
  if (body === undefined || language === undefined) {
    throw stream.syntaxError();
  }
  return {
    kind: "create-function",
    orReplace,
    name,
    parameters,
    returnType,
    volatility: volatility ?? "volatile",
    implementation: { language, body: body.text, bodySpan: body.span },
    span: stream.spanFrom(start),
  };
}

/** Functions have no parameters that come out. */
function parseFunctionParameters(stream: TokenStream): readonly RoutineParameter[] {
  const parameters = parseRoutineParameters(stream);
  const out = parameters.find(({ mode }) => mode !== "in");
  if (out !== undefined) {
    throw stream.error("0A000", "CREATE FUNCTION / OUT parameters are not implemented", out.span.start);
  }
  return parameters;
}

/** @throws SqlError 42704 for a language that Redshift does not have */
function parseLanguage(stream: TokenStream): "sql" | "plpythonu" {
  const token = stream.current;
  const name = token.kind === "string" ? stream.string().toLowerCase() : stream.label().name;
  if (name !== "sql" && name !== "plpythonu") {
    throw stream.error("42704", `language "${name}" does not exist`, token.start);
  }
  return name;
}

interface LambdaDraft {
  iamRole: IamRole | undefined;
  retryTimeoutMs: number | undefined;
  maxBatchRows: number | undefined;
  maxBatchSizeBytes: number | undefined;
}

const KILOBYTE = 1024;

/** CREATE [OR REPLACE] EXTERNAL FUNCTION has been read. */
export function parseCreateExternalFunction(
  stream: TokenStream,
  start: number,
  orReplace: boolean,
): CreateFunction | Unsupported {
  const name = stream.qualifiedName();
  const parameters = parseFunctionParameters(stream);
  stream.expect("returns");
  const returnType = parseRoutineType(stream);
  const volatility = expectAny(stream, "volatile", "stable");
  if (stream.at("sagemaker")) {
    return unsupported(stream, start, "CREATE EXTERNAL FUNCTION ... SAGEMAKER");
  }
  stream.expect("lambda");
  const functionName = stream.string();
  const draft: LambdaDraft = {
    iamRole: undefined,
    retryTimeoutMs: undefined,
    maxBatchRows: undefined,
    maxBatchSizeBytes: undefined,
  };
  while (parseLambdaOption(stream, draft)) {
    // The next one.
  }
  const { iamRole } = draft;
  if (iamRole === undefined) {
    throw stream.syntaxError();
  }
  return {
    kind: "create-function",
    orReplace,
    name,
    parameters,
    returnType,
    volatility,
    implementation: { language: "lambda", functionName, ...draft, iamRole },
    span: stream.spanFrom(start),
  };
}

/** One option, each at most once. @returns false where none follows */
function parseLambdaOption(stream: TokenStream, draft: LambdaDraft): boolean {
  if (draft.iamRole === undefined && stream.accept("iam_role")) {
    draft.iamRole = parseIamRole(stream);
  } else if (draft.retryTimeoutMs === undefined && stream.accept("retry_timeout")) {
    draft.retryTimeoutMs = stream.integer();
  } else if (draft.maxBatchRows === undefined && stream.accept("max_batch_rows")) {
    draft.maxBatchRows = stream.integer();
  } else if (draft.maxBatchSizeBytes === undefined && stream.accept("max_batch_size")) {
    const size = stream.integer();
    const unit = expectAny(stream, "kb", "mb");
    draft.maxBatchSizeBytes = size * (unit === "kb" ? KILOBYTE : KILOBYTE * KILOBYTE);
  } else {
    return false;
  }
  return true;
}

interface ProcedureDraft {
  nonAtomic: boolean;
  body: Body | undefined;
  language: boolean;
  securityDefiner: boolean | undefined;
  settings: CreateProcedure["settings"][number][];
}

/** CREATE [OR REPLACE] PROCEDURE has been read. */
export function parseCreateProcedure(
  stream: TokenStream,
  start: number,
  orReplace: boolean,
): CreateProcedure {
  const name = stream.qualifiedName();
  const parameters = parseRoutineParameters(stream);
  const draft: ProcedureDraft = {
    nonAtomic: false,
    body: undefined,
    language: false,
    securityDefiner: undefined,
    settings: [],
  };
  while (!stream.atEnd()) {
    parseProcedureOption(stream, draft);
  }
  const { body, nonAtomic, settings } = draft;
  if (body === undefined || !draft.language) {
    throw stream.syntaxError();
  }
  return {
    kind: "create-procedure",
    orReplace,
    name,
    parameters,
    nonAtomic,
    body: body.text,
    bodySpan: body.span,
    securityDefiner: draft.securityDefiner ?? false,
    settings,
    span: stream.spanFrom(start),
  };
}

function parseProcedureOption(stream: TokenStream, draft: ProcedureDraft): void {
  if (!draft.nonAtomic && stream.accept("nonatomic")) {
    draft.nonAtomic = true;
  } else if (draft.body === undefined && stream.accept("as")) {
    draft.body = parseBody(stream);
  } else if (!draft.language && stream.accept("language")) {
    stream.expect("plpgsql");
    draft.language = true;
  } else if (draft.securityDefiner === undefined && stream.accept("security")) {
    draft.securityDefiner = expectAny(stream, "invoker", "definer") === "definer";
  } else if (stream.accept("set")) {
    draft.settings.push(parseSetting(stream));
  } else {
    throw stream.syntaxError();
  }
}
