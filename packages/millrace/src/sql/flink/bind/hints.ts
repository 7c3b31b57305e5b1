import type { Hint } from "../ast/tree.ts";
import { elsewhere, invalid, proposal } from "./bind-error.ts";

/** How a join is carried out: results do not depend on them. */
const harmless: readonly string[] = [
  "BROADCAST",
  "SHUFFLE_HASH",
  "SHUFFLE_MERGE",
  "NEST_LOOP",
  "LOOKUP",
  "MULTI_JOIN",
];

/** The options that a table's OPTIONS hint says anew. */
export function tableHintOptions(hints: readonly Hint[]): Readonly<Record<string, string>> {
  const options = new Map<string, string>();
  for (const hint of hints) {
    if (hint.name.name.toUpperCase() !== "OPTIONS") {
      refuseHint(hint);
      continue;
    }
    if (hint.options.length === 0) throw invalid("the hint OPTIONS needs 'key'='value'", hint.span.start);
    for (const { key, value } of hint.options) options.set(key, value);
  }
  return Object.fromEntries(options);
}

/** Hints behind SELECT. */
export function checkQueryHints(hints: readonly Hint[]): void {
  for (const hint of hints) {
    if (hint.name.name.toUpperCase() === "OPTIONS") {
      throw invalid("the hint OPTIONS stands behind a table's name", hint.span.start);
    }
    refuseHint(hint);
  }
}

function refuseHint(hint: Hint): void {
  const name = hint.name.name.toUpperCase();
  if (harmless.includes(name)) return;
  if (name === "STATE_TTL" || name === "JSON_AGGREGATE_WRAPPED" || name === "EARLY_FIRE") {
    throw elsewhere(`the hint ${name}`, hint.span.start);
  }
  const known = ["OPTIONS", "STATE_TTL", ...harmless];
  throw invalid(`there is no hint '${hint.name.name}'${proposal(name, known)}`, hint.span.start);
}
