/** Lines of columns, each as wide as its longest cell; the last one is as wide as it likes. */
export function alignedRows(rows: readonly (readonly string[])[], gap = 2): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  return rows.map((row) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd((widths[index] ?? 0) + gap)))
      .join("")
      .trimEnd(),
  );
}

/** `1 day 2:03:04`, `2:03`, of a length of time. */
export function age(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const days = Math.floor(seconds / 86_400);
  const [hours, minutes, rest] = [
    Math.floor((seconds % 86_400) / 3600),
    Math.floor((seconds % 3600) / 60),
    seconds % 60,
  ];
  const clock = `${hours > 0 || days > 0 ? `${hours}:${`${minutes}`.padStart(2, "0")}` : minutes}:${`${rest}`.padStart(2, "0")}`;
  return days === 0 ? clock : `${days} ${days === 1 ? "day" : "days"} ${clock}`;
}
