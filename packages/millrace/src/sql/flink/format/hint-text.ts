import type { Hint } from "../ast/tree.ts";
import { literalText, nameText, optionText } from "./text-writer.ts";

/** Hints between their marks, or nothing. */
export function hintsText(hints: readonly Hint[]): string {
  const texts = hints.map(({ name, options, arguments: items }) => {
    const parts = [...options.map(optionText), ...items.map(literalText)];
    return parts.length === 0 ? nameText(name) : `${nameText(name)}(${parts.join(", ")})`;
  });
  return texts.length === 0 ? "" : `/*+ ${texts.join(", ")} */`;
}
