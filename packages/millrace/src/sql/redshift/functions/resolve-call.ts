import { SqlError } from "../../sql-error.ts";
import { castDistance, categoryOf, commonType } from "../type-rules.ts";
import { bareTypeText } from "../type-text.ts";
import type { SqlType } from "../types.ts";
import type { Argument, CallShape, FunctionEntry, ResolvedCall } from "./function-entry.ts";
import type { ParameterType, Signature } from "./signature.ts";

/** An entry whose parameters take these arguments, and how well. */
interface Candidate {
  readonly entry: FunctionEntry;
  readonly types: readonly SqlType[];
  readonly result: SqlType;
  readonly exact: number;
  readonly distance: number;
}

const varchar: SqlType = Object.freeze({ name: "character varying" });

/** The entry that fits best: most exact types, then the shortest way of implicit casts; the first of equals. */
export function bestCall(
  entries: readonly FunctionEntry[],
  args: readonly Argument[],
  shape: CallShape,
): ResolvedCall | undefined {
  let best: Candidate | undefined;
  for (const entry of entries) {
    const candidate = candidateOf(entry, args);
    if (candidate === undefined) continue;
    if (best === undefined || isBetter(candidate, best)) best = candidate;
  }
  if (best === undefined) return undefined;
  best.entry.check?.(args, shape);
  return resolved(best, args);
}

function isBetter(candidate: Candidate, best: Candidate): boolean {
  if (candidate.distance !== best.distance) return candidate.distance < best.distance;
  return candidate.exact > best.exact;
}

function resolved(candidate: Candidate, args: readonly Argument[]): ResolvedCall {
  const { entry, types } = candidate;
  const constants = args.map((argument) => argument.constant);
  const type = entry.result?.(types, constants) ?? candidate.result;
  return {
    name: entry.signature.name,
    kind: entry.kind,
    volatility: entry.volatility ?? "immutable",
    type,
    parameterTypes: types,
    sessionValue: entry.sessionValue ?? false,
    print: (texts, form) => entry.print(texts, { args: texts, types, constants, type, form }),
  };
}

function parameterAt(signature: Signature, index: number): ParameterType | undefined {
  const { required, optional } = signature;
  if (index < required.length) return required[index];
  return optional[index - required.length] ?? signature.variadic;
}

function listed(signature: Signature, args: readonly Argument[]): readonly ParameterType[] | undefined {
  const parameters: ParameterType[] = [];
  for (let index = 0; index < args.length; index++) {
    const parameter = parameterAt(signature, index);
    if (parameter === undefined) return undefined;
    parameters.push(parameter);
  }
  return parameters;
}

function candidateOf(entry: FunctionEntry, args: readonly Argument[]): Candidate | undefined {
  const { signature } = entry;
  if (args.length < signature.required.length) return undefined;
  const parameters = entry.parameters === undefined ? listed(signature, args) : entry.parameters(args);
  if (parameters === undefined) return undefined;
  const bound = boundVariables(parameters, args);
  if (bound === undefined) return undefined;
  const types: SqlType[] = [];
  let exact = 0;
  let distance = 0;
  for (const [index, argument] of args.entries()) {
    const type = concrete(parameters[index] ?? "any", argument.type, bound);
    const steps = castDistance(argument.type, type);
    if (steps === undefined) return undefined;
    if (steps === 0) exact++;
    distance += steps;
    types.push(keepLength(type, argument));
  }
  return { entry, types, result: concrete(signature.result, varchar, bound), exact, distance };
}

type Bound = ReadonlyMap<string, SqlType>;

function boundVariables(parameters: readonly ParameterType[], args: readonly Argument[]): Bound | undefined {
  const bound = new Map<string, SqlType>();
  for (const variable of ["T", "U"]) {
    const types = args.filter((_, index) => parameters[index] === variable).map((argument) => argument.type);
    if (types.length === 0) continue;
    const type = commonType(types);
    if (type === undefined) return undefined;
    bound.set(variable, type.name === "unknown" ? varchar : type);
  }
  return bound;
}

function concrete(parameter: ParameterType, own: SqlType, bound: Bound): SqlType {
  if (parameter === "any") return own.name === "unknown" ? varchar : own;
  return typeof parameter === "string" ? (bound.get(parameter) ?? varchar) : parameter;
}

/** A parameter without length or precision takes the argument's; what is no numeric comes as one wide enough. */
function keepLength(parameter: SqlType, argument: Argument): SqlType {
  const { type } = argument;
  if (parameter.name === type.name) return parameter.precision === undefined ? type : parameter;
  if (parameter.name === "numeric" && parameter.precision === undefined) return wideNumeric(argument);
  if (categoryOf(parameter) === "text" && categoryOf(type) === "text" && parameter.length === undefined) {
    return type.length === undefined ? parameter : { name: parameter.name, length: type.length };
  }
  return parameter;
}

function wideNumeric({ type, constant }: Argument): SqlType {
  const digits = { smallint: 5, integer: 10, bigint: 19, oid: 10 }[type.name as "smallint"];
  if (digits !== undefined) return { name: "numeric", precision: digits, scale: 0 };
  // A parameter has as many digits as its value.
  if (type.name === "unknown" && constant === undefined) return { name: "numeric" };
  const literal = /^\s*[+-]?(\d*)\.?(\d*)\s*$/.exec(constant ?? "");
  if (literal === null) return { name: "numeric", precision: 38, scale: 10 };
  const scale = Math.min((literal[2] ?? "").length, 37);
  return { name: "numeric", precision: Math.min(38, Math.max(1, (literal[1] ?? "").length + scale)), scale };
}

export function noSuchFunction(name: string, args: readonly Argument[]): SqlError {
  const types = args.map((argument) =>
    argument.type.name === "unknown" ? '"unknown"' : bareTypeText(argument.type),
  );
  return new SqlError("42883", `function ${name}(${types.join(", ")}) does not exist`, {
    hint: "No function matches the given name and argument types. You may need to add explicit type casts.",
  });
}
