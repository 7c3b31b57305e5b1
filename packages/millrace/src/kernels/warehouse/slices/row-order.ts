import type { SortKey } from "../catalog/records.ts";
import { engineColumn } from "../session/engine-names.ts";

/** Bits of the place on the z-order curve; all stand in one BIGINT. */
const curveBits = 60;
const maxBitsPerColumn = 16;

/**
 * Engine SQL of what a table's rows are ordered by, for ORDER BY. COMPOUND takes the columns one after another.
 * INTERLEAVED gives each the same weight: each value becomes its rank in its column, and the ranks' bits are
 * taken in turn (the z-order curve), so that rows that are close in any of the columns lie close together.
 */
export function rowOrder(sort: SortKey | undefined): readonly string[] {
  const names = (sort?.columns ?? []).map(engineColumn);
  return sort?.style === "interleaved" && names.length > 1 ? [curve(names)] : names;
}

function curve(names: readonly string[]): string {
  const bits = Math.min(maxBitsPerColumn, Math.floor(curveBits / names.length));
  const parts = names.flatMap((name, column) => {
    const rank = `(ntile(${2 ** bits}) OVER (ORDER BY ${name}) - 1)`;
    return Array.from(
      { length: bits },
      (_, bit) => `(((${rank} >> ${bit}) & 1) << ${bit * names.length + (names.length - 1 - column)})`,
    );
  });
  return `(${parts.join(" | ")})`;
}
