import type {
  Limits,
  ListShape,
  MapShape,
  Member,
  Shape,
  SimpleShape,
  StructureShape,
} from "../../../packages/millrace/src/gateway/model/shape.ts";
import { isEventStream } from "../../../packages/millrace/src/gateway/model/shape.ts";
import { patternSample } from "./pattern.ts";
import type { SeededRandom } from "./random.ts";

/** Where a value travels decides what it may hold: headers and paths take less than bodies. */
type Carrier = "body" | "header" | "path";

const texts = [
  "plain",
  "two words",
  'quote " backslash \\ slash /',
  "line\nbreak\ttab",
  "<tag attribute='x'> & &amp;",
  "grüße, 你好, 🚀",
  "a".repeat(70),
  "100%25 + ü = ?",
  "__proto__",
];
const plainTexts = ["plain", "two words", "a".repeat(70), "a/b+c=d&e%20f", "1"];
const maxDepth = 5;
/** Labels that clients check or put into a host name, and an algorithm that they must be able to compute. */
const fixed: Readonly<Record<string, string>> = {
  Bucket: "sample-bucket",
  RequestRoute: "sample-route",
  ChecksumAlgorithm: "SHA256",
};
/**
 * Members that the SDK's S3 client does not send or return as they are: it encodes keys and computes their
 * digests, and makes up `ExpiresString`. And a digest of the body, which must be the right one.
 */
const leftOut: ReadonlySet<string> = new Set([
  "ContentMD5",
  "SSECustomerKey",
  "SSECustomerKeyMD5",
  "CopySourceSSECustomerKey",
  "CopySourceSSECustomerKeyMD5",
  "ExpiresString",
]);

/** Makes values of shapes that satisfy their constraints. */
export class Sampler {
  readonly #random: SeededRandom;
  /** With `requiredOnly` optional members are left out at the top. */
  readonly #requiredOnly: boolean;

  constructor(random: SeededRandom, options: { readonly requiredOnly: boolean } = { requiredOnly: false }) {
    this.#random = random;
    this.#requiredOnly = options.requiredOnly;
  }

  /** One of each event of a stream, exceptions left out. */
  events(stream: StructureShape): Record<string, unknown>[] {
    return stream.members
      .filter((member) => member.shape.kind !== "structure" || member.shape.traits.error === undefined)
      .map((member) => ({ [member.name]: this.#value(member.shape, 1, "body") }));
  }

  structure(shape: StructureShape | undefined): Record<string, unknown> {
    return shape === undefined ? {} : this.#structure(shape, 0);
  }

  #structure(shape: StructureShape, depth: number): Record<string, unknown> {
    if (shape.union) return this.#union(shape, depth);
    const value: Record<string, unknown> = {};
    for (const member of this.#chosen(shape, depth)) {
      const item = fixedValue(member) ?? this.#value(member.shape, depth + 1, carrierOf(member));
      if (item !== undefined) value[member.name] = item;
      else if (member.required && member.shape.kind === "list") value[member.name] = [];
    }
    return value;
  }

  /** All members near the top; deep down the required ones, or one, because a form cannot say "empty". */
  #chosen(shape: StructureShape, depth: number): readonly Member[] {
    const usable = shape.members.filter(
      (member) => !isEventStream(member.shape) && (member.required || !leftOut.has(member.name)),
    );
    const required = usable.filter((member) => member.required);
    if (depth === 0) return this.#requiredOnly ? required : usable;
    if (depth < maxDepth) return usable;
    return required.length > 0 ? required : usable.filter((member) => !isNested(member.shape)).slice(0, 1);
  }

  /** Members that end the recursion come first when it is deep. */
  #union(shape: StructureShape, depth: number): Record<string, unknown> {
    const leaves = shape.members.filter((member) => !isNested(member.shape));
    const choice = depth >= maxDepth - 1 && leaves.length > 0 ? leaves : shape.members;
    const member = this.#random.pick(choice);
    return { [member.name]: this.#value(member.shape, depth + 1, "body") };
  }

  #value(shape: Shape, depth: number, carrier: Carrier): unknown {
    switch (shape.kind) {
      case "structure":
        return this.#structure(shape, depth);
      case "list":
        return this.#list(shape, depth, carrier);
      case "map":
        return this.#map(shape, depth, carrier);
      default:
        return this.#simple(shape, carrier);
    }
  }

  /** A flattened list in XML has no spelling for "empty", so an empty one is left out. */
  #list(shape: ListShape, depth: number, carrier: Carrier): unknown[] | undefined {
    const least = shape.limits.min ?? 0;
    const count =
      depth >= maxDepth ? Math.max(least, isNested(shape.element.shape) ? 0 : 1) : Math.max(least, 2);
    const length = Math.min(count, shape.limits.max ?? count);
    if (length === 0) return undefined;
    return Array.from({ length }, () => this.#value(shape.element.shape, depth + 1, carrier)).filter(
      (item) => item !== undefined,
    );
  }

  #map(shape: MapShape, depth: number, carrier: Carrier): Record<string, unknown> {
    const entries = new Map<string, unknown>();
    const wanted = Math.min(Math.max(shape.limits.min ?? 0, 2), shape.limits.max ?? 2);
    for (let index = 0; index < wanted; index++) {
      const key = this.#mapKey(shape, carrier, index);
      if (key !== undefined) entries.set(key, this.#value(shape.value.shape, depth + 1, carrier));
    }
    return Object.fromEntries(entries);
  }

  #mapKey(shape: MapShape, carrier: Carrier, index: number): string | undefined {
    const { shape: key } = shape.key;
    if (key.kind === "string" && (key.limits.enum !== undefined || key.limits.pattern !== undefined)) {
      return this.#simple(key, carrier) as string | undefined;
    }
    return `key${carrier === "body" ? " ü" : ""}${index}`;
  }

  #simple(shape: SimpleShape, carrier: Carrier): unknown {
    const random = this.#random;
    const { limits } = shape;
    switch (shape.kind) {
      case "string":
        return this.#text(limits, carrier);
      case "boolean":
        return random.next() < 0.5;
      case "integer":
        return random.integer(limits.min ?? 0, Math.min(limits.max ?? 2_000_000_000, 2_000_000_000));
      case "long":
        return random.integer(limits.min ?? 0, Math.min(limits.max ?? 2 ** 52, 2 ** 52));
      case "float":
      case "double":
        return (limits.min ?? 0) + random.integer(1, 3) / 4;
      case "timestamp":
        return new Date(
          1_700_000_000_000 + random.integer(0, 1_000_000) * (hasSeconds(shape, carrier) ? 1000 : 1),
        );
      case "blob":
        return random.bytes(Math.min(Math.max(limits.min ?? 0, 20), limits.max ?? 20));
      case "document":
        return { text: "x", list: [1, true, null, { deep: "ü" }] };
      default:
        return undefined;
    }
  }

  /** Undefined when the pattern is beyond the sampler. */
  #text(limits: Limits, carrier: Carrier): string | undefined {
    if (limits.enum !== undefined) return this.#random.pick(limits.enum);
    if (limits.pattern !== undefined) return patternSample(this.#random, limits.pattern, limits);
    const { min = 0, max = Number.POSITIVE_INFINITY } = limits;
    const candidates = (carrier === "body" ? texts : plainTexts).filter((text) => text.length <= max);
    const text = candidates.length > 0 ? this.#random.pick(candidates) : "a".repeat(Math.max(1, min));
    return text.padEnd(min, "x").slice(0, Math.max(text.length, min));
  }
}

function carrierOf(member: Member): Carrier {
  const { traits } = member;
  if (traits.httpHeader !== undefined || traits.httpPrefixHeaders !== undefined) return "header";
  return traits.httpLabel === 1 || traits.httpQuery !== undefined ? "path" : "body";
}

function fixedValue({ name, shape, traits }: Member): string | undefined {
  const isBound = traits.httpLabel === 1 || traits.hostLabel === 1 || traits.httpHeader !== undefined;
  return isBound && shape.kind === "string" ? fixed[name] : undefined;
}

/** Header dates count whole seconds. */
function hasSeconds(shape: SimpleShape, carrier: Carrier): boolean {
  return carrier === "header" || shape.timestampFormat === "http-date";
}

function isNested(shape: Shape): boolean {
  if (shape.kind === "list") return isNested(shape.element.shape);
  if (shape.kind === "map") return isNested(shape.value.shape);
  return shape.kind === "structure";
}
