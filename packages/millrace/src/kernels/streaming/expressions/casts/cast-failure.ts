import { EvaluationError } from "../../../../sql/flink/functions/scalar-function.ts";
import { typeText } from "../../../../sql/flink/type-text.ts";
import type { FlinkType } from "../../../../sql/flink/types.ts";

const maxExcerpt = 100;

/** A value that CAST cannot turn into the type; TRY_CAST makes NULL of it. */
export function castFailure(value: unknown, from: FlinkType, to: FlinkType): EvaluationError {
  const text = typeof value === "string" ? value : String(value);
  const excerpt = text.length > maxExcerpt ? `${text.slice(0, maxExcerpt)}...` : text;
  const target = typeText({ ...to, nullable: true });
  return new EvaluationError(
    `cannot cast ${typeText({ ...from, nullable: true })} to ${target}: '${excerpt}' is no ${target}`,
  );
}
