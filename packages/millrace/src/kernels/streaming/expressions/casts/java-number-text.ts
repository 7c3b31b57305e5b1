/** The text that Java's `Double.toString` makes: `1.0`, `1.0E10`, `NaN`. */
export function doubleText(value: number): string {
  return numberText(value, String(Math.abs(value)));
}

/** As `Float.toString`: the fewest digits that mean the same float. */
export function floatText(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(size) || size === 0) return numberText(value, String(size));
  for (let digits = 1; digits < 9; digits += 1) {
    const text = size.toPrecision(digits);
    if (Math.fround(Number(text)) === size) return numberText(value, String(Number(text)));
  }
  return numberText(value, String(Number(size.toPrecision(9))));
}

/** @param shortest of the value without its sign, as JavaScript writes it */
function numberText(value: number, shortest: string): string {
  if (Number.isNaN(value)) return "NaN";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return `${sign}Infinity`;
  if (size === 0) return `${sign}0.0`;
  if (size >= 1e-3 && size < 1e7) return sign + (shortest.includes(".") ? shortest : `${shortest}.0`);
  const [mantissa = "", exponentText] = shortest.split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const digits = (whole + fraction).replace(/^0+/, "");
  const leading = whole === "0" ? digits.length - fraction.length - 1 : whole.length - 1;
  const exponent = Number(exponentText ?? 0) + leading;
  const rest = digits.slice(1).replace(/0+$/, "");
  return `${sign}${digits[0] ?? "0"}.${rest === "" ? "0" : rest}E${exponent}`;
}
