import { aggregate, aliases, type FunctionEntry, scalar } from "./function-entry.ts";

/** Functions that need no rules of their own. */
export const basicFunctions: readonly FunctionEntry[] = Object.freeze([
  ...aliases(
    scalar("len(varchar) int4", ([x]) => `CAST(length(${x}) AS INTEGER)`),
    "length",
    "char_length",
    "character_length",
    "textlen",
  ),
  scalar("upper(varchar) varchar", ([x]) => `upper(${x})`, {
    result: ([type]) => type ?? { name: "character varying" },
  }),
  scalar("lower(varchar) varchar", ([x]) => `lower(${x})`, {
    result: ([type]) => type ?? { name: "character varying" },
  }),
  scalar("coalesce(T, T...) T", (args) => `coalesce(${args.join(", ")})`),
  aggregate(
    "count(any) int8",
    ([x], { form }) =>
      `count(${form.distinct ? "DISTINCT " : ""}${x})${form.over === undefined ? "" : ` OVER (${form.over})`}`,
  ),
]);
