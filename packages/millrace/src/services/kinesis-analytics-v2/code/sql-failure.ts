interface SqlFailure extends Error {
  readonly sqlState: string;
  readonly position: number | undefined;
  readonly hint: string | undefined;
}

const isSqlFailure = (error: unknown): error is SqlFailure =>
  error instanceof Error && error.name === "SqlError" && "sqlState" in error;

export const sqlStateOf = (error: unknown): string | undefined =>
  isSqlFailure(error) ? error.sqlState : undefined;

/**
 * What is wrong with a program, with the place: undefined when the error is about something else.
 * @param placeOf where in the text a position of what was bound is
 */
export function sqlFailureText(
  error: unknown,
  text: string,
  placeOf: (position: number) => number,
): string | undefined {
  if (!isSqlFailure(error)) return undefined;
  const hint = error.hint === undefined ? "" : ` ${error.hint}`;
  if (error.position === undefined) return `${error.message}${hint}`;
  const before = text.slice(0, Math.max(0, placeOf(error.position)));
  const line = before.split("\n").length;
  const column = before.length - before.lastIndexOf("\n");
  return `line ${line}, column ${column}: ${error.message}${hint}`;
}
