import { selectError } from "../select-error.ts";
import type { Path, PathStep } from "../sql/expression.ts";

/** The steps behind what names the record itself: its alias, or S3Object where it has none. */
export function stepsInRecord(path: Path, alias: string | undefined): readonly PathStep[] {
  const [first] = path.steps;
  if (first?.kind !== "name") return path.steps;
  const name = alias ?? "s3object";
  const same =
    first.exact && alias !== undefined
      ? first.name === name
      : first.name.toLowerCase() === name.toLowerCase();
  return same ? path.steps.slice(1) : path.steps;
}

/** The steps to a column: a name alone is one, for a record of columns is nothing by itself. */
export function stepsToColumn(path: Path, alias: string | undefined): readonly PathStep[] {
  return path.steps.length === 1 ? path.steps : stepsInRecord(path, alias);
}

/** `_1` is the first column. Undefined when the name is not a position. */
export function positionOf(name: string): number | undefined {
  const match = /^_(\d{1,9})$/.exec(name);
  return match === null ? undefined : Number(match[1]) - 1;
}

/** The column of a name; in quotes as it is written, otherwise in any case. */
export function columnOf(
  names: readonly string[],
  step: Extract<PathStep, { kind: "name" }>,
): number | undefined {
  const exact = names.indexOf(step.name);
  if (step.exact) return exact === -1 ? undefined : exact;
  const wanted = step.name.toLowerCase();
  const found = names.flatMap((name, index) => (name.toLowerCase() === wanted ? [index] : []));
  if (found.length > 1)
    throw selectError("AmbiguousFieldName", `'${step.name}' is found ${found.length} times`);
  return found[0];
}
