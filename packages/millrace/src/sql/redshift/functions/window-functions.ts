import type { SqlType } from "../types.ts";
import {
  type CallForm,
  type EntryOptions,
  type FunctionEntry,
  type Printer,
  windowed,
} from "./function-entry.ts";

function over(call: string, form: CallForm): string {
  return `${call} OVER (${form.over ?? ""})`;
}

function ranking(name: string): FunctionEntry {
  const result = name === "percent_rank" || name === "cume_dist" ? "float8" : "int8";
  return windowed(`${name}() ${result}`, (_, { form }) => over(`${name}()`, form));
}

const ofFirst: EntryOptions = Object.freeze({
  result: ([type]: readonly SqlType[]): SqlType => type ?? { name: "unknown" },
});

/** Functions that look at other rows: nulls are respected unless the call says otherwise. */
function looking(name: string): Printer {
  return (texts, { form }) =>
    over(`${name}(${texts.join(", ")}${form.nulls === "ignore" ? " IGNORE NULLS" : ""})`, form);
}

/** Functions that only stand with OVER. */
export const windowFunctions: readonly FunctionEntry[] = Object.freeze([
  ...["row_number", "rank", "dense_rank", "percent_rank", "cume_dist"].map(ranking),
  windowed("ntile(int8) int8", ([n], { form }) => over(`ntile(${n})`, form)),
  windowed("lag(any; int8) any", looking("lag"), ofFirst),
  windowed("lead(any; int8) any", looking("lead"), ofFirst),
  windowed("first_value(any) any", looking("first_value"), ofFirst),
  windowed("last_value(any) any", looking("last_value"), ofFirst),
  windowed("nth_value(any, int8) any", looking("nth_value"), ofFirst),
  windowed(
    "ratio_to_report(float8) float8",
    ([x], { form }) => `(${x} / nullif(${over(`sum(${x})`, form)}, 0))`,
  ),
]);
