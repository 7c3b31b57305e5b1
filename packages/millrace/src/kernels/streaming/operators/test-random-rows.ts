import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { ChangeRow } from "./test-operators.ts";

/** Of `choices` one. */
export function pick<T>(random: () => number, choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)] as T;
}

/** Inserts, and where `retracts` now and then rows taken back that are there. */
export function randomChanges(
  random: () => number,
  count: number,
  live: (readonly Value[])[],
  retracts: boolean,
  row: () => readonly Value[],
): readonly ChangeRow[] {
  return Array.from({ length: count }, (): ChangeRow => {
    if (retracts && live.length > 0 && random() < 0.4) {
      const [gone = []] = live.splice(Math.floor(random() * live.length), 1);
      return [pick(random, ["-U", "-D"]), ...gone];
    }
    const added = row();
    live.push(added);
    return [pick(random, retracts ? ["+I", "+U"] : ["+I"]), ...added];
  });
}
