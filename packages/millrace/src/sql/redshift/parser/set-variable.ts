import type {
  ResetVariable,
  SetSessionAuthorization,
  SetTransaction,
  Setting,
  SettingValue,
  SetValue,
  SetVariable,
  ShowVariable,
} from "../ast/transaction.ts";
import type { TokenStream } from "./token-stream.ts";
import { parseTransactionModes } from "./transaction.ts";

type Set = SetVariable | SetSessionAuthorization | SetTransaction;

/** SET in all its forms. */
export function parseSet(stream: TokenStream): Set {
  const { start } = stream.current;
  stream.expect("set");
  if (stream.accept("session", "characteristics", "as", "transaction")) {
    return {
      kind: "set-transaction",
      session: true,
      ...parseTransactionModes(stream, true),
      span: stream.spanFrom(start),
    };
  }
  if (stream.at("session", "authorization")) {
    return parseSessionAuthorization(stream, start, false);
  }
  if (stream.at("transaction") && stream.peek(1).lexeme !== "=" && stream.peek(1).lexeme !== "to") {
    stream.next();
    return {
      kind: "set-transaction",
      session: false,
      ...parseTransactionModes(stream, true),
      span: stream.spanFrom(start),
    };
  }
  const scope = atScope(stream) ? stream.acceptAny("local", "session") : undefined;
  if (stream.at("session", "authorization")) {
    return parseSessionAuthorization(stream, start, scope === "local");
  }
  const nameStart = stream.current.start;
  const name = parseSettingHead(stream);
  const nameSpan = stream.spanFrom(nameStart);
  const value = parseAssignedValue(stream, name);
  return {
    kind: "set-variable",
    name,
    nameSpan,
    local: scope === "local",
    value,
    span: stream.spanFrom(start),
  };
}

/** LOCAL and SESSION are scopes unless a value is assigned to them. */
function atScope(stream: TokenStream): boolean {
  const following = stream.peek(1).lexeme;
  return following !== "=" && following !== "to" && following !== ".";
}

function parseSessionAuthorization(
  stream: TokenStream,
  start: number,
  local: boolean,
): SetSessionAuthorization {
  stream.expect("session", "authorization");
  const user = stream.accept("default") ? undefined : parseUser(stream);
  return { kind: "set-session-authorization", local, user, span: stream.spanFrom(start) };
}

/** A user's name may be written as a literal here. */
function parseUser(stream: TokenStream): SetSessionAuthorization["user"] {
  if (stream.current.kind !== "string") {
    return stream.userName();
  }
  const { start } = stream.current;
  const name = stream.string();
  return { name, quoted: true, span: stream.spanFrom(start) };
}

/** `x { TO | = } value` */
export function parseSetting(stream: TokenStream): Setting {
  const name = parseSettingHead(stream);
  return { name, value: parseAssignedValue(stream, name) };
}

function parseSettingHead(stream: TokenStream): string {
  return stream.accept("time", "zone") ? TIME_ZONE : parseSettingName(stream);
}

const TIME_ZONE = "timezone";

/** TIME ZONE alone may do without a sign. */
function parseAssignedValue(stream: TokenStream, name: string): SetValue {
  if (!stream.accept("=") && !stream.accept("to") && name !== TIME_ZONE) {
    throw stream.syntaxError();
  }
  return parseSetValue(stream);
}

/** In lower case; quotes change nothing. */
export function parseSettingName(stream: TokenStream): string {
  const parts = [stream.label().name.toLowerCase()];
  while (stream.accept(".")) {
    parts.push(stream.label().name.toLowerCase());
  }
  return parts.join(".");
}

/** DEFAULT, or values with commas between them. */
function parseSetValue(stream: TokenStream): SetValue {
  if (stream.accept("default")) {
    return { kind: "default" };
  }
  return { kind: "values", values: stream.list(() => parseValue(stream)) };
}

function parseValue(stream: TokenStream): SettingValue {
  const sign = stream.acceptAny("-", "+");
  const token = stream.current;
  if (token.kind === "number") {
    stream.next();
    return { text: `${sign === "-" ? "-" : ""}${token.value}`, form: "number" };
  }
  if (sign !== undefined) {
    throw stream.syntaxError();
  }
  if (token.kind === "string") {
    return { text: stream.string(), form: "string" };
  }
  return { text: stream.label().name, form: "word" };
}

/** RESET x, RESET ALL, RESET SESSION AUTHORIZATION */
export function parseReset(stream: TokenStream): ResetVariable | SetSessionAuthorization {
  const { start } = stream.current;
  stream.expect("reset");
  if (stream.accept("session", "authorization")) {
    return {
      kind: "set-session-authorization",
      local: false,
      user: undefined,
      span: stream.spanFrom(start),
    };
  }
  const name = parseVariableName(stream);
  return { kind: "reset-variable", name, span: stream.spanFrom(start) };
}

/** SHOW x, SHOW ALL and what has a name of several words; SHOW has been read. */
export function parseShowVariable(stream: TokenStream, start: number): ShowVariable {
  const name = acceptLongName(stream) ?? parseVariableName(stream);
  return { kind: "show-variable", name, span: stream.spanFrom(start) };
}

function acceptLongName(stream: TokenStream): string | undefined {
  if (stream.accept("transaction", "isolation", "level")) {
    return "transaction_isolation";
  }
  return stream.accept("session", "authorization") ? "session_authorization" : undefined;
}

/** Undefined for ALL. */
function parseVariableName(stream: TokenStream): string | undefined {
  if (stream.accept("all")) {
    return undefined;
  }
  return parseSettingHead(stream);
}
