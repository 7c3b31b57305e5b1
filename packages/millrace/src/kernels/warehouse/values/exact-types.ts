import type { SqlType } from "../../../sql/redshift/types.ts";

/**
 * Types to bind a statement with, now that its parameters have values. A numeric without precision, as drivers declare
 * their decimals, is the digits that it has, like a literal's; as a type it would be (18,0), and lose them.
 * @returns `given` itself where it will do
 */
export function exactTypes(
  given: readonly (SqlType | undefined)[],
  found: readonly SqlType[],
  parameters: readonly (string | null)[],
): readonly (SqlType | undefined)[] {
  const exact = found.map((type, index) => {
    const value = parameters[index];
    const isOpen = type.name === "numeric" && type.precision === undefined;
    return isOpen && typeof value === "string" ? numericOf(value) : undefined;
  });
  if (exact.every((type) => type === undefined)) return given;
  return exact.map((type, index) => type ?? given[index]);
}

const maxPrecision = 38;

/** Undefined for what is no number, or none that a numeric holds: the statement itself says so then. */
function numericOf(text: string): SqlType | undefined {
  const match = /^\s*[+-]?(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?\s*$/i.exec(text);
  if (match === null) return undefined;
  const [, whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  const scale = Math.max(fraction.length - Number(exponent), 0);
  const digits = Math.max(whole.replace(/^0+/, "").length + Number(exponent), 0);
  const precision = Math.max(digits + scale, 1);
  return precision > maxPrecision ? undefined : { name: "numeric", precision, scale };
}
