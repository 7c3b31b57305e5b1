const secretName = /password$|^secret/i;

/** What a call was given, without passwords: it is shown as code. */
export function masked(input: object): object {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, maskedValue(name, value)]));
}

function maskedValue(name: string, value: unknown): unknown {
  if (typeof value === "string") return secretName.test(name) ? "********" : value;
  if (Array.isArray(value)) return value.map((item: unknown) => maskedValue("", item));
  return isPlain(value) ? masked(value) : value;
}

/** Bytes, dates and streams stay what they are. */
function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
