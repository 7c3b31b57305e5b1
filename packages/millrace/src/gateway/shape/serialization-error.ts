import { ServiceError } from "../../core/errors.ts";

/** The input is not what the protocol or the shape's types allow. */
export function serializationError(message: string): ServiceError {
  return new ServiceError("SerializationException", message);
}

/** The nesting that a body may have. AWS allows 32 levels in DynamoDB items, the deepest shape it has. */
export const maxNesting = 128;

/** What AWS calls the type that was expected: "a String", "an Integer". */
export function typeName(kind: string): string {
  const name = typeNames[kind] ?? "String";
  return `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: "String",
  boolean: "Boolean",
  integer: "Integer",
  long: "Long",
  float: "Float",
  double: "Double",
  timestamp: "Date",
  blob: "Blob",
  bigInteger: "BigInteger",
  bigDecimal: "BigDecimal",
};
