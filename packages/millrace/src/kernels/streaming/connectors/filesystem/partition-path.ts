/** The values of `a=1/b=x%2Fy/` by name; parts that are no `name=value` are left out. */
export function partitionValues(path: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const part of path.split("/")) {
    const at = part.indexOf("=");
    if (at > 0) values.set(unescapePathName(part.slice(0, at)), unescapePathName(part.slice(at + 1)));
  }
  return values;
}

/** Hive writes special characters as `%XX`; anything else behind a `%` stays as it is. */
function unescapePathName(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
