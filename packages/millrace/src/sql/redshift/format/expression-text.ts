import type { Binary, Expression, Like, Quantified } from "../ast/tree.ts";
import { BINDING, operatorBinding } from "../parser/grammar.ts";
import { formatType } from "../type-text.ts";
import { callText, isOverlaps } from "./call-text.ts";
import { nameText, pathText } from "./name-text.ts";
import { literalText, type TextWriter } from "./text-writer.ts";

/** What needs no brackets anywhere. */
const TIGHTEST = 100;

/** How tightly an expression's outermost operator binds. */
export function bindingOf(expression: Expression): number {
  switch (expression.kind) {
    case "logical":
      return BINDING[expression.operator];
    case "not":
      return BINDING.not;
    case "binary":
      return binaryBinding(expression.operator);
    case "quantified":
      return quantifiedBinding(expression);
    case "like":
      return BINDING.like;
    case "between":
      return BINDING.between;
    case "in-list":
    case "in-query":
      return BINDING.in;
    case "is":
      return BINDING.is;
    case "at-time-zone":
      return BINDING.atTimeZone;
    case "prior":
      return BINDING.sign;
    case "unary":
      return unaryBinding(expression.operator, expression.postfix);
    case "call":
      return isOverlaps(expression) ? BINDING.overlaps : TIGHTEST;
    default:
      return TIGHTEST;
  }
}

const binaryBinding = (operator: string): number =>
  operator === "is distinct from" ? BINDING.is : operatorBinding(operator);

const quantifiedBinding = ({ operator }: Quantified): number =>
  /^[a-z]/.test(operator) ? BINDING.like : binaryBinding(operator);

/** An operator behind its operand takes what follows for a second one, so that it is always in brackets. */
function unaryBinding(operator: string, postfix: boolean): number {
  if (postfix) {
    return 0;
  }
  return operator === "-" || operator === "+" ? BINDING.sign : BINDING.operator;
}

/** An expression without brackets of its own. */
export function expressionText(writer: TextWriter, expression: Expression): string {
  switch (expression.kind) {
    case "null":
      return "null";
    case "default":
      return "default";
    case "boolean":
      return String(expression.value);
    case "number":
      return expression.text;
    case "string":
      return literalText(expression.value);
    case "parameter":
      return `$${expression.index}`;
    case "typed-literal":
      return `${formatType(expression.type)} ${literalText(expression.value)}`;
    case "interval":
      return intervalText(expression);
    case "reference":
      return pathText(expression.parts);
    case "star":
      return expression.qualifier.length === 0 ? "*" : `${pathText(expression.qualifier)}.*`;
    case "call":
      return callText(writer, expression);
    default:
      return compoundText(writer, expression);
  }
}

type Compound = Exclude<
  Expression,
  {
    kind:
      | ("null" | "default" | "boolean" | "number" | "string" | "parameter" | "typed-literal")
      | ("interval" | "reference" | "star" | "call");
  }
>;

function compoundText(writer: TextWriter, expression: Compound): string {
  switch (expression.kind) {
    case "subscript":
      return `${writer.operand(expression.base)}[${writer.expression(expression.index)}]`;
    case "field":
      return `${fieldBase(writer, expression.base)}.${nameText(expression.name)}`;
    case "cast":
      return castText(writer, expression);
    case "case":
      return caseText(writer, expression);
    case "exists":
      return `exists (${writer.query(expression.query)})`;
    case "scalar-query":
      return `(${writer.query(expression.query)})`;
    case "row":
      return rowText(writer, expression.items);
    case "outer-mark":
      return `${pathText(expression.operand.parts)} (+)`;
    case "collate":
      return `collate(${writer.expression(expression.operand)}, ${literalText(expression.collation)})`;
    default:
      return operatorText(writer, expression);
  }
}

type Operator = Exclude<
  Compound,
  {
    kind:
      | ("subscript" | "field" | "cast" | "case" | "exists" | "scalar-query" | "row")
      | ("outer-mark" | "collate");
  }
>;

function operatorText(writer: TextWriter, expression: Operator): string {
  const own = bindingOf(expression);
  const tighter = (operand: Expression): string => writer.expression(operand, own + 1);
  switch (expression.kind) {
    case "logical":
      // Chains are made anew when they are parsed, so that brackets within them have no meaning.
      return `${writer.expression(expression.left, own)} ${expression.operator} ${writer.expression(expression.right, own)}`;
    case "not":
      return `not ${writer.expression(expression.operand, BINDING.not)}`;
    case "binary":
      return binaryText(writer, expression, own);
    case "unary":
      return expression.postfix
        ? `${writer.expression(expression.operand, BINDING.operator + 1)} ${expression.operator}`
        : prefixText(writer, expression.operator, expression.operand);
    case "prior":
      return priorText(writer, expression.operand);
    case "at-time-zone":
      return `${writer.expression(expression.operand, own)} at time zone ${tighter(expression.zone)}`;
    case "is":
      return `${tighter(expression.operand)} is ${negation(expression.negated)}${expression.test}`;
    case "in-query":
      return `${tighter(expression.operand)} ${negation(expression.negated)}in (${writer.query(expression.query)})`;
    case "in-list": {
      const items = expression.items.map((item) => writer.expression(item)).join(", ");
      return `${tighter(expression.operand)} ${negation(expression.negated)}in (${items})`;
    }
    case "between": {
      const low = writer.expression(expression.low, BINDING.notEqual);
      const high = writer.expression(expression.high, BINDING.notEqual);
      return `${tighter(expression.operand)} ${negation(expression.negated)}between ${low} and ${high}`;
    }
    case "like":
      return likeText(expression, tighter);
    case "quantified": {
      const list = expression.query === undefined ? "" : writer.query(expression.query);
      const array = expression.array === undefined ? "" : writer.expression(expression.array);
      return `${tighter(expression.operand)} ${expression.operator} ${expression.quantifier} (${list}${array})`;
    }
  }
}

const negation = (negated: boolean): string => (negated ? "not " : "");

function binaryText(writer: TextWriter, { operator, left, right }: Binary, own: number): string {
  const toTheRight = operator === "=";
  const closed = own === BINDING.less || own === BINDING.is;
  const leftText = writer.expression(left, toTheRight || closed ? own + 1 : own);
  return `${leftText} ${operator} ${writer.expression(right, toTheRight ? own : own + 1)}`;
}

function prefixText(writer: TextWriter, operator: string, operand: Expression): string {
  const sign = operator === "-" || operator === "+";
  const text = writer.expression(operand, sign ? BINDING.sign : BINDING.operator + 1);
  return sign && /^[\w"'($]/.test(text) ? `${operator}${text}` : `${operator} ${text}`;
}

function likeText(like: Like, tighter: (operand: Expression) => string): string {
  const { operator, pattern, escape: escaping } = like;
  const tail = escaping === undefined ? "" : ` escape ${tighter(escaping)}`;
  return `${tighter(like.operand)} ${negation(like.negated)}${operator} ${tighter(pattern)}${tail}`;
}

function intervalText({ value, fields, precision }: Extract<Expression, { kind: "interval" }>): string {
  const unit = fields.length === 0 ? "" : ` ${fields.join(" to ")}`;
  return `interval ${literalText(value)}${unit}${precision === undefined ? "" : ` (${precision})`}`;
}

function castText(
  writer: TextWriter,
  { form, operand, type }: Extract<Expression, { kind: "cast" }>,
): string {
  const name = formatType(type);
  switch (form) {
    case "colons":
      return `${writer.operand(operand)}::${name}`;
    case "convert":
      return `convert(${name}, ${writer.expression(operand)})`;
    default:
      return `${form}(${writer.expression(operand)} as ${name})`;
  }
}

function caseText(writer: TextWriter, expression: Extract<Expression, { kind: "case" }>): string {
  const { operand, branches, otherwise } = expression;
  const whens = branches.map(
    (branch) => ` when ${writer.expression(branch.when)} then ${writer.expression(branch.then)}`,
  );
  const head = operand === undefined ? "" : ` ${writer.expression(operand)}`;
  const tail = otherwise === undefined ? "" : ` else ${writer.expression(otherwise)}`;
  return `case${head}${whens.join("")}${tail} end`;
}

function rowText(writer: TextWriter, items: readonly Expression[]): string {
  const texts = items.map((item) => writer.expression(item)).join(", ");
  return items.length > 1 ? `(${texts})` : `row(${texts})`;
}

/** PRIOR is no reserved word: only before a name or a bracket it is what it is here. */
function priorText(writer: TextWriter, operand: Expression): string {
  const named = operand.kind === "reference" && operand.parts[0]?.name.startsWith("#") === false;
  return named ? `prior ${pathText(operand.parts)}` : `prior (${writer.expression(operand)})`;
}

/** `(a.b).c` is a field of a column, `a.b.c` a name, and `1.` a number. */
function fieldBase(writer: TextWriter, base: Expression): string {
  return base.kind === "reference" || base.kind === "number"
    ? `(${writer.expression(base)})`
    : writer.operand(base);
}
