/** Where the macros of `engine-macros.ts` live: a database in memory that the instance attaches under this name. */
export const macroDatabase = "millrace_functions";

/** A call of one of our macros. */
export function macro(name: string, ...args: readonly string[]): string {
  return `${macroDatabase}.main.${name}(${args.join(", ")})`;
}

/** A call of one of the functions that `engine-functions.ts` defines and the kernel registers. */
export function script(name: string, ...args: readonly string[]): string {
  return `millrace_${name}(${args.join(", ")})`;
}

/** A text as a literal of the engine. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function cast(sql: string, engineTypeName: string): string {
  return `CAST(${sql} AS ${engineTypeName})`;
}

/** Marks an error that our SQL raises in the engine; `engine-errors.ts` reads it back. */
export function raised(sqlState: string, message: string): string {
  return `error(${quoted(`millrace:${sqlState}:${message}`)})`;
}
