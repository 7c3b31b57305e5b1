import type { ChangelogFlags, Draft } from "./draft.ts";
import { isInsertOnly } from "./draft.ts";
import type { ChangelogMode } from "./physical-plan.ts";

/** What goes over a plan's edges. */
export interface Changelogs {
  readonly flags: readonly ChangelogFlags[];
  readonly modes: readonly ChangelogMode[];
}

/**
 * Decides from the sinks up whose output needs -U before +U: where a reader asks for it. `drafts` lists inputs
 * before their readers.
 */
export function inferChangelogs(drafts: readonly Draft[]): Changelogs {
  const needed = new Array<boolean>(drafts.length).fill(false);
  for (const draft of drafts.toReversed()) {
    const isNeeded =
      draft.needsUpdateBefore === "asOutput" ? needed[draft.id] : draft.needsUpdateBefore === "always";
    if (isNeeded !== true) continue;
    for (const { draft: input } of draft.inputs) if (input.changes.updates) needed[input.id] = true;
  }
  const saysBefore: boolean[] = [];
  const modes = drafts.map((draft): ChangelogMode => {
    const { id, changes, inputs } = draft;
    // What has no say in it passes on what comes, as a filter does that asks for -U itself.
    const comes = decides(draft)
      ? needed[id] === true
      : inputs.some(({ draft: input }) => saysBefore[input.id]);
    saysBefore[id] = changes.updates && comes;
    if (isInsertOnly(changes)) return "append";
    return changes.updates && !comes ? "upsert" : "retract";
  });
  const flags = drafts.map(({ id, inputs }) => ({
    retracts: inputs.map(({ draft }) => !isInsertOnly(draft.changes)),
    emitsUpdateBefore: needed[id] === true,
  }));
  return { flags, modes };
}

/** Whether the operator may leave -U out. */
function decides({ operator }: Draft): boolean {
  return "emitsUpdateBefore" in operator({ retracts: [], emitsUpdateBefore: false });
}

/** As Flink's EXPLAIN CHANGELOG_MODE says it. */
export function modeText({ changes }: Draft, mode: ChangelogMode): string {
  const kinds = ["I"];
  if (changes.updates) kinds.push(...(mode === "retract" ? ["UB", "UA"] : ["UA"]));
  if (changes.deletes) kinds.push("D");
  return kinds.join(",");
}
