import { cellWidth } from "./cell-width.ts";
import type { SqlFailure } from "./query.ts";

const maxLineChars = 160;

/** What the warehouse says is wrong, with the line where it is wrong, as psql shows it. */
export function failureText(error: SqlFailure, statement: string): string {
  const lines = [`${error.severity ?? "ERROR"}:  ${error.message}`];
  const place = error.position === undefined ? undefined : placeOf(statement, Number(error.position));
  if (place !== undefined) lines.push(...place);
  if (error.detail) lines.push(`DETAIL:  ${error.detail}`);
  if (error.hint) lines.push(`HINT:  ${error.hint}`);
  return lines.join("\n");
}

/** The line and a mark below the place. */
function placeOf(statement: string, position: number): readonly string[] | undefined {
  const signs = [...statement];
  if (!(position >= 1 && position <= signs.length + 1)) return undefined;
  const before = signs.slice(0, position - 1).join("");
  const number = before.split("\n").length;
  const line = statement.split("\n")[number - 1] ?? "";
  const cells = cellWidth(before.slice(before.lastIndexOf("\n") + 1));
  if (line.length > maxLineChars) return undefined;
  const head = `LINE ${number}: `;
  return [head + line.replaceAll("\t", " "), `${" ".repeat(head.length + cells)}^`];
}
