/** What is done with the value behind a run of bytes. */
export const Step = { skip: 0, slot: 1, row: 2, end: 3 } as const;
export type Step = (typeof Step)[keyof typeof Step];

/**
 * What stands between two values, as records were seen to have it: `,"price":` or `},"extra":`, with whatever white
 * space they use, and what follows.
 */
export class KeyNode {
  readonly bytes: Uint8Array;
  readonly step: Step;
  readonly slot: number;
  /** Of `row`: the slots that are NULL when the object is. */
  readonly rowSlots: readonly number[];
  /** The slots that came before were not this one: it counts towards the wanted ones. */
  readonly counts: number;
  /** At the end of a record: the slots that were not there. */
  readonly missing: readonly number[];
  readonly next: KeyNode[] = [];

  constructor(
    bytes: Uint8Array,
    step: Step,
    slot: number,
    rowSlots: readonly number[],
    counts: number,
    missing: readonly number[],
  ) {
    this.bytes = bytes;
    this.step = step;
    this.slot = slot;
    this.rowSlots = rowSlots;
    this.counts = counts;
    this.missing = missing;
  }
}

const maxNodes = 4096;
const maxChildren = 24;
const maxNodeBytes = 512;

/** The sequences of keys that were seen, as a tree. */
export class KeyTrie {
  readonly root: KeyNode[] = [];
  #nodes = 0;

  /** The node among `nodes` for these bytes; undefined when there is no room for a new one. */
  learn(nodes: KeyNode[], bytes: Uint8Array, make: (bytes: Uint8Array) => KeyNode): KeyNode | undefined {
    for (const node of nodes) if (equal(node.bytes, bytes)) return node;
    if (this.#nodes >= maxNodes || nodes.length >= maxChildren || bytes.length > maxNodeBytes)
      return undefined;
    this.#nodes += 1;
    const node = make(Uint8Array.from(bytes));
    nodes.push(node);
    return node;
  }
}

function equal(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at += 1) if (left[at] !== right[at]) return false;
  return true;
}
