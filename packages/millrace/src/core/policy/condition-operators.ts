import { BlockList, isIP } from "node:net";
import { ArnPattern, Pattern } from "./pattern.ts";
import type { RequestContext } from "./request-context.ts";

/** Whether a request's value fits one value of the policy. */
export type ValueMatcher = (value: string, context: RequestContext) => boolean;

export interface ConditionOperator {
  /** `...Not...`: holds when the values do not fit. */
  readonly negated: boolean;
  compile(policyValue: string, variables: boolean): ValueMatcher;
}

type Compile = ConditionOperator["compile"];

const text =
  (wildcards: boolean, ignoreCase: boolean): Compile =>
  (policyValue, variables) => {
    const pattern = new Pattern(policyValue, { variables, wildcards, ignoreCase });
    return (value, context) => pattern.matches(value, context);
  };

const arn: Compile = (policyValue, variables) => {
  const pattern = new ArnPattern(policyValue, variables);
  return (value, context) => pattern.matches(value, context);
};

/** Compares what `read` makes of both values; a value that it cannot read fits nothing. */
const ordered =
  (read: (text: string) => number, fits: (value: number, wanted: number) => boolean): Compile =>
  (policyValue) => {
    const wanted = read(policyValue);
    return (value) => {
      const given = read(value);
      return !Number.isNaN(wanted) && !Number.isNaN(given) && fits(given, wanted);
    };
  };

const bool: Compile = (policyValue) => (value) => value.toLowerCase() === policyValue.toLowerCase();

const binary: Compile = (policyValue) => {
  const wanted = Buffer.from(policyValue, "base64");
  return (value) => Buffer.from(value, "base64").equals(wanted);
};

/** address or address "/" prefix length, IPv4 or IPv6. What is neither contains no address. */
const address: Compile = (policyValue) => {
  const [base = "", prefix] = policyValue.split("/");
  const family = isIP(base);
  const maxBits = family === 4 ? 32 : 128;
  const bits = prefix === undefined ? maxBits : Number(prefix);
  if (family === 0 || prefix === "" || !Number.isInteger(bits) || bits < 0 || bits > maxBits)
    return () => false;
  const range = new BlockList();
  range.addSubnet(base, bits, family === 4 ? "ipv4" : "ipv6");
  return (value) => {
    // A dual-stack socket shows IPv4 clients in IPv6 notation.
    const plain =
      value.toLowerCase().startsWith("::ffff:") && isIP(value.slice(7)) === 4 ? value.slice(7) : value;
    return isIP(plain) === family && range.check(plain, family === 4 ? "ipv4" : "ipv6");
  };
};

const number = (value: string): number => (value.trim() === "" ? Number.NaN : Number(value));

/** ISO 8601 (RFC 3339 and W3C forms) or seconds since the epoch. */
const date = (value: string): number =>
  /^-?\d+(\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value);

const equal = (value: number, wanted: number): boolean => value === wanted;
const below = (value: number, wanted: number): boolean => value < wanted;
const above = (value: number, wanted: number): boolean => value > wanted;
const notAbove = (value: number, wanted: number): boolean => value <= wanted;
const notBelow = (value: number, wanted: number): boolean => value >= wanted;

const is = (compile: Compile): ConditionOperator => ({ negated: false, compile });
const not = (compile: Compile): ConditionOperator => ({ negated: true, compile });

const operators: ReadonlyMap<string, ConditionOperator> = new Map([
  ["stringequals", is(text(false, false))],
  ["stringnotequals", not(text(false, false))],
  ["stringequalsignorecase", is(text(false, true))],
  ["stringnotequalsignorecase", not(text(false, true))],
  ["stringlike", is(text(true, false))],
  ["stringnotlike", not(text(true, false))],
  ["numericequals", is(ordered(number, equal))],
  ["numericnotequals", not(ordered(number, equal))],
  ["numericlessthan", is(ordered(number, below))],
  ["numericlessthanequals", is(ordered(number, notAbove))],
  ["numericgreaterthan", is(ordered(number, above))],
  ["numericgreaterthanequals", is(ordered(number, notBelow))],
  ["dateequals", is(ordered(date, equal))],
  ["datenotequals", not(ordered(date, equal))],
  ["datelessthan", is(ordered(date, below))],
  ["datelessthanequals", is(ordered(date, notAbove))],
  ["dategreaterthan", is(ordered(date, above))],
  ["dategreaterthanequals", is(ordered(date, notBelow))],
  ["bool", is(bool)],
  ["binaryequals", is(binary)],
  ["ipaddress", is(address)],
  ["notipaddress", not(address)],
  ["arnequals", is(arn)],
  ["arnlike", is(arn)],
  ["arnnotequals", not(arn)],
  ["arnnotlike", not(arn)],
]);

/** The operator of that name, which does not depend on case. */
export function operatorNamed(name: string): ConditionOperator | undefined {
  return operators.get(name.toLowerCase());
}
