import type { Parameter } from "../ast/expression.ts";
import type { ShowFilter, ShowName, ShowNamePart, TextOrParameter } from "../ast/show.ts";
import type { SqlType } from "../types.ts";
import { parseRoutineParameters } from "./routine-signature.ts";
import type { TokenStream } from "./token-stream.ts";

/** `$1` */
function acceptParameter(stream: TokenStream): Parameter | undefined {
  const { kind, value, start, end } = stream.current;
  if (kind !== "parameter") {
    return undefined;
  }
  stream.next();
  return { kind: "parameter", index: Number(value), span: { start, end } };
}

/** A name of at least `min` and at most `max` parts, each of which may be a parameter. */
export function parseShowName(stream: TokenStream, min: number, max: number): ShowName {
  const { start } = stream.current;
  const parts: ShowNamePart[] = [acceptParameter(stream) ?? stream.tableIdentifier()];
  while (parts.length < max && stream.accept(".")) {
    parts.push(acceptParameter(stream) ?? stream.label());
  }
  if (parts.length < min) {
    throw stream.syntaxError();
  }
  return { parts, span: stream.spanFrom(start) };
}

/** `[LIKE 'pattern'] [LIMIT n]` */
export function parseShowFilter(stream: TokenStream): ShowFilter {
  return { like: parseLike(stream), limit: parseLimit(stream) };
}

export function parseLike(stream: TokenStream): TextOrParameter | undefined {
  if (!stream.accept("like")) {
    return undefined;
  }
  return acceptParameter(stream) ?? { kind: "string", value: stream.string() };
}

export function parseLimit(stream: TokenStream): number | Parameter | undefined {
  return stream.accept("limit") ? (acceptParameter(stream) ?? stream.integer()) : undefined;
}

/** `(int, $4)`: what drivers put in brackets behind the name of a routine. */
export function parseShowArgumentTypes(stream: TokenStream): readonly (SqlType | Parameter)[] {
  if (stream.at("(") && stream.peek(1).kind !== "parameter") {
    return inputTypes(stream);
  }
  stream.expect("(");
  const types = stream.list(() => {
    const parameter = acceptParameter(stream);
    if (parameter === undefined) {
      throw stream.syntaxError();
    }
    return parameter;
  });
  stream.expect(")");
  return types;
}

function inputTypes(stream: TokenStream): readonly SqlType[] {
  const types: SqlType[] = [];
  for (const { mode, type } of parseRoutineParameters(stream)) {
    if (mode !== "out" && typeof type !== "string") {
      types.push(type);
    }
  }
  return types;
}
