import type { JsonScan } from "./json-scan.ts";
import { JsonSyntaxError } from "./json-scan.ts";
import type { JsonSlot } from "./json-slots.ts";
import { JsonFieldError } from "./json-values.ts";
import { KeyNode, KeyTrie, Step } from "./key-trie.ts";
import type { WantedField, WantedRow } from "./wanted-fields.ts";

/**
 * Reads records (objects) into slots. A record whose keys stand as in one before is read by comparing what stands
 * between its values with what stood there then, byte by byte; any other record is read key by key, and learnt.
 * Both ways accept the same records and read the same values of them, so that a record means the same whatever
 * came before it.
 *
 * Reading ends with the last wanted field, as in Flink's parser: what follows need not be there in good order, but
 * the record has to end with a brace. Of keys that stand twice before that, the last one counts.
 */
export class JsonRecords {
  readonly #scan: JsonScan;
  readonly #slots: readonly JsonSlot[];
  readonly #root: WantedRow;
  readonly #trie = new KeyTrie();
  readonly #failOnMissing: boolean;
  readonly #ignoreErrors: boolean;
  /** Records that were read key by key. */
  learnt = 0;

  constructor(
    scan: JsonScan,
    slots: readonly JsonSlot[],
    root: WantedRow,
    options: { readonly failOnMissingField: boolean; readonly ignoreParseErrors: boolean },
  ) {
    this.#scan = scan;
    this.#slots = slots;
    this.#root = root;
    this.#failOnMissing = options.failOnMissingField;
    this.#ignoreErrors = options.ignoreParseErrors;
  }

  /**
   * Reads the object in bytes[from, scan.end) into a row; nothing but it lies there.
   * @throws JsonSyntaxError, JsonFieldError
   */
  read(from: number, row: number): void {
    const { bytes, end } = this.#scan;
    if (from >= end || bytes[from] !== 0x7b || bytes[end - 1] !== 0x7d) this.#refuse(from);
    if (!this.#follow(from, row)) this.#learn(from, row);
  }

  #refuse(from: number): never {
    if (from < this.#scan.end && this.#scan.bytes[from] !== 0x7b) throw new JsonSyntaxError("is no object");
    throw new JsonSyntaxError("ends where '}' is expected");
  }

  /** By what was learnt; false when the record is different. */
  #follow(from: number, row: number): boolean {
    const scan = this.#scan;
    const { bytes, end } = scan;
    let nodes: KeyNode[] = this.#trie.root;
    let at = from;
    let wanted = this.#slots.length;
    while (wanted > 0) {
      const node = find(bytes, at, end, nodes);
      if (node === undefined) return false;
      at += node.bytes.length;
      if (node.step === Step.slot) {
        at = (this.#slots[node.slot] as JsonSlot).read(scan, at, row);
        wanted -= node.counts;
      } else if (node.step === Step.skip) at = scan.skip(at);
      else if (node.step === Step.end) {
        this.#missing(node.missing, row);
        return true;
      } else {
        at = this.#nullRow(node.rowSlots, at, row);
        wanted -= node.counts;
      }
      nodes = node.next;
    }
    return true;
  }

  #missing(slots: readonly number[], row: number): void {
    if (slots.length === 0) return;
    if (this.#failOnMissing) throw new JsonFieldError("has not all of the fields");
    for (const slot of slots) this.#slots[slot]?.setNull(row);
  }

  /** Of an object below: null, or what is no object. */
  #nullRow(slots: readonly number[], from: number, row: number): number {
    const end = this.#scan.skip(from);
    if (this.#scan.bytes[from] !== 0x6e && !this.#ignoreErrors)
      throw new JsonFieldError("has no object for a ROW");
    for (const slot of slots) this.#slots[slot]?.setNull(row);
    return end;
  }

  /** Key by key. */
  #learn(from: number, row: number): void {
    this.learnt += 1;
    const seen = new Set<number>();
    const state: Walk = { row, seen, nodes: this.#trie.root, between: from };
    let at = this.#object(this.#root, from, state);
    if (at < 0) return;
    at = this.#scan.space(at);
    if (at !== this.#scan.end) this.#scan.fail(at, "end of the record");
    const missing = this.#slots.flatMap((_, slot) => (seen.has(slot) ? [] : [slot]));
    this.#note(state, at, (bytes) => new KeyNode(bytes, Step.end, 0, [], 0, missing));
    this.#missing(missing, row);
  }

  /** Behind the object, or -1 when all that is wanted was found. */
  #object(wanted: WantedRow, from: number, state: Walk): number {
    const scan = this.#scan;
    const { bytes } = scan;
    let at = scan.space(from + 1);
    if (at < scan.end && bytes[at] === 0x7d) return at + 1;
    for (;;) {
      if (at >= scan.end || bytes[at] !== 0x22) scan.fail(at, "key");
      const keyEnd = scan.string(at);
      const field = wanted.fields.get(scan.text(at, keyEnd, scan.isPlain));
      at = scan.space(keyEnd);
      if (at >= scan.end || bytes[at] !== 0x3a) scan.fail(at, "colon");
      at = this.#value(field, scan.space(at + 1), state);
      if (at < 0) return at;
      at = scan.space(at);
      const byte = at < scan.end ? (bytes[at] as number) : -1;
      if (byte === 0x7d) return at + 1;
      if (byte !== 0x2c) scan.fail(at, "comma");
      at = scan.space(at + 1);
    }
  }

  #value(field: WantedField | undefined, from: number, state: Walk): number {
    const scan = this.#scan;
    if (field?.row !== undefined && from < scan.end && scan.bytes[from] === 0x7b) {
      return this.#object(field.row, from, state);
    }
    let end: number;
    if (field === undefined) {
      this.#note(state, from, (bytes) => new KeyNode(bytes, Step.skip, 0, [], 0, []));
      end = scan.skip(from);
    } else if (field.slot !== undefined) {
      const { slot } = field;
      const counts = state.seen.has(slot) ? 0 : 1;
      this.#note(state, from, (bytes) => new KeyNode(bytes, Step.slot, slot, [], counts, []));
      end = (this.#slots[slot] as JsonSlot).read(scan, from, state.row);
      state.seen.add(slot);
    } else {
      const slots = field.row?.slots ?? [];
      const counts = slots.filter((slot) => !state.seen.has(slot)).length;
      this.#note(state, from, (bytes) => new KeyNode(bytes, Step.row, 0, slots, counts, []));
      end = this.#nullRow(slots, from, state.row);
      for (const slot of slots) state.seen.add(slot);
    }
    state.between = end;
    return state.seen.size === this.#slots.length ? -1 : end;
  }

  /** What stands between the value before and `at`. */
  #note(state: Walk, at: number, make: (bytes: Uint8Array) => KeyNode): void {
    if (state.nodes === undefined) return;
    const bytes = this.#scan.bytes.subarray(state.between, at);
    state.nodes = this.#trie.learn(state.nodes, bytes, make)?.next;
  }
}

interface Walk {
  readonly row: number;
  readonly seen: Set<number>;
  /** Undefined: no room to learn more. */
  nodes: KeyNode[] | undefined;
  /** Where the value before ended. */
  between: number;
}

/** The node whose bytes stand at `at`; the one that fitted last comes first. */
function find(bytes: Buffer, at: number, end: number, nodes: KeyNode[]): KeyNode | undefined {
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index] as KeyNode;
    const known = node.bytes;
    const length = known.length;
    if (at + length > end) continue;
    let same = 0;
    while (same < length && bytes[at + same] === known[same]) same += 1;
    if (same < length || !fits(bytes, at + length, end, node)) continue;
    if (index > 0) {
      nodes[index] = nodes[0] as KeyNode;
      nodes[0] = node;
    }
    return node;
  }
  return undefined;
}

/** White space belongs to what stands between values, and an object below has its own nodes. */
function fits(bytes: Buffer, at: number, end: number, node: KeyNode): boolean {
  if (node.step === Step.end) return at === end;
  if (at >= end) return false;
  const byte = bytes[at] as number;
  return byte > 0x20 && !(node.step === Step.row && byte === 0x7b);
}
