/** The name that somebody who wrote `text` most likely meant; undefined when none is near. */
export function nearestName(text: string, names: readonly string[]): string | undefined {
  const wanted = text.toLowerCase().replaceAll(/[-_]/g, "");
  let best: { readonly name: string; readonly edits: number } | undefined;
  for (const name of names) {
    const edits = distance(wanted, name.toLowerCase().replaceAll(/[-_]/g, ""));
    if (
      edits <= Math.max(2, Math.floor(name.length / 3)) &&
      edits < (best?.edits ?? Number.POSITIVE_INFINITY)
    )
      best = { name, edits };
  }
  return best?.name;
}

const maxLength = 100;

/** Levenshtein's: how many letters to add, take away or change. */
function distance(from: string, to: string): number {
  if (from.length > maxLength) return from.length;
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column += 1)
      next.push(
        Math.min(
          (next[column - 1] ?? 0) + 1,
          (row[column] ?? 0) + 1,
          (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[to.length] ?? from.length;
}
