import type { Field } from "../../../sql/flink/types.ts";
import { stableText } from "./expression-walk.ts";
import type { PhysicalOperator, PlanEdge } from "./physical-plan.ts";

/** What the changes of a node's output may be, besides inserts. */
export interface Changes {
  readonly updates: boolean;
  readonly deletes: boolean;
}

export const insertOnly: Changes = { updates: false, deletes: false };

export const isInsertOnly = ({ updates, deletes }: Changes): boolean => !updates && !deletes;

/** Columns that hold the bounds of a window that has closed, or will. */
export interface WindowColumns {
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly time: number | undefined;
  readonly isEventTime: boolean;
  /** Start and end are wall clock times: the time attribute is a TIMESTAMP_LTZ. */
  readonly isLocalTime: boolean;
  /** Windows of equal shapes can be joined. */
  readonly shape: string;
}

/** What is known of a node's output. */
export interface DraftTraits {
  readonly fields: readonly Field[];
  readonly changes: Changes;
  /** Columns by which rows are unique at any time; undefined: not known. */
  readonly key: readonly number[] | undefined;
  readonly window: WindowColumns | undefined;
}

/** What the inference of changelogs has found for a node. */
export interface ChangelogFlags {
  /** For each input: whether rows are withdrawn by -U or -D. */
  readonly retracts: readonly boolean[];
  /** Whether -U must come out before +U. */
  readonly emitsUpdateBefore: boolean;
}

/**
 * Whether a node can do its work without -U before +U in its inputs: `always` and `never` are its own needs,
 * `asOutput`: it passes changes on, and so needs what its readers need.
 */
export type UpdateBeforeNeed = "always" | "never" | "asOutput";

export interface DraftInput {
  readonly draft: Draft;
  readonly exchange: PlanEdge["exchange"];
}

/** An operator of the plan before it is known which changelogs go over its edges. */
export interface Draft extends DraftTraits {
  readonly id: number;
  readonly inputs: readonly DraftInput[];
  readonly name: string;
  readonly details: string;
  readonly needsUpdateBefore: UpdateBeforeNeed;
  readonly operator: (flags: ChangelogFlags) => PhysicalOperator;
}

export type NewDraft = Omit<Draft, "id" | "needsUpdateBefore"> & {
  readonly needsUpdateBefore?: UpdateBeforeNeed;
};

const noFlags: ChangelogFlags = { retracts: [], emitsUpdateBefore: false };

/** Collects the operators of a program; what is made twice of the same inputs is one. */
export class DraftGraph {
  readonly drafts: Draft[] = [];
  readonly #known = new Map<string, Draft>();

  add(draft: NewDraft): Draft {
    const inputs = draft.inputs.map(({ draft: { id }, exchange }) => ({ id, exchange }));
    const key = stableText([draft.operator(noFlags), inputs, draft.fields]);
    const known = this.#known.get(key);
    // Two INSERTs into a table are two sinks, even of the same rows.
    if (known !== undefined && draft.name !== "Sink") return known;
    const added: Draft = { needsUpdateBefore: "always", ...draft, id: this.drafts.length };
    this.drafts.push(added);
    this.#known.set(key, added);
    return added;
  }
}

export const forward = (draft: Draft): DraftInput => ({ draft, exchange: { kind: "forward" } });

/** Equal keys meet in one subtask; without keys all rows do. */
export function byKeys(draft: Draft, columns: readonly number[]): DraftInput {
  return { draft, exchange: columns.length === 0 ? { kind: "single" } : { kind: "hash", columns } };
}
