import type { RoutineParameter, RoutineSignature } from "../ast/routine.ts";
import type { SqlType } from "../types.ts";
import type { TokenStream } from "./token-stream.ts";
import { parseTypeName } from "./type-name.ts";

/** The second words of types of several words, by which `timestamp with time zone` is told from a name and a type. */
const TYPE_CONTINUATIONS: ReadonlySet<string> = new Set(
  "precision varying with without character char year month day hour minute second".split(" "),
);

const TYPE_BEGINNINGS: ReadonlySet<string> = new Set(
  "double character char national binary timestamp time interval".split(" "),
);

/** The type of a parameter or a result: any type, and two that only routines have. */
export function parseRoutineType(stream: TokenStream): RoutineParameter["type"] {
  const pseudo = stream.acceptAny("refcursor", "anyelement");
  return pseudo ?? parseTypeName(stream);
}

/** `( [ [ name ] [ mode ] type [, ...] ] )`, with the mode also before the name. */
export function parseRoutineParameters(stream: TokenStream): readonly RoutineParameter[] {
  stream.expect("(");
  if (stream.accept(")")) {
    return [];
  }
  const parameters = stream.list(() => parseParameter(stream));
  stream.expect(")");
  return parameters;
}

function parseParameter(stream: TokenStream): RoutineParameter {
  const { start } = stream.current;
  const modeBefore =
    stream.acceptAny("in", "inout") ?? (atOutMode(stream) ? stream.acceptAny("out") : undefined);
  const name = atParameterName(stream) ? stream.identifier() : undefined;
  const mode = modeBefore ?? stream.acceptAny("in", "inout", "out");
  const type = parseRoutineType(stream);
  return { mode: mode ?? "in", name, type, span: stream.spanFrom(start) };
}

/** OUT is no reserved word: `out int` is a mode, but so would be a name. */
function atOutMode(stream: TokenStream): boolean {
  return stream.at("out") && !["in", "inout", "out"].includes(stream.peek(1).lexeme);
}

function atParameterName(stream: TokenStream): boolean {
  if (!stream.atIdentifier()) {
    return false;
  }
  const following = stream.peek(1);
  if (following.kind !== "word" && following.kind !== "quoted") {
    return false;
  }
  return !(TYPE_BEGINNINGS.has(stream.current.lexeme) && TYPE_CONTINUATIONS.has(following.lexeme));
}

/** A routine by its name and, in brackets, the types of what goes in. */
export function parseSignature(stream: TokenStream, brackets: "required" | "optional"): RoutineSignature {
  const name = stream.qualifiedName();
  const argumentTypes = stream.at("(") || brackets === "required" ? parseArgumentTypes(stream) : undefined;
  return { name, argumentTypes, span: stream.spanFrom(name.span.start) };
}

/** Types of the parameters that callers give; those that only come out tell no routines apart. */
export function parseArgumentTypes(stream: TokenStream): readonly SqlType[] {
  const types: SqlType[] = [];
  for (const { mode, type, span } of parseRoutineParameters(stream)) {
    if (typeof type === "string") {
      throw stream.error("42704", `type "${type}" is not supported here`, span.start);
    }
    if (mode !== "out") {
      types.push(type);
    }
  }
  return types;
}
