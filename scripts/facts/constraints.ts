import type {
  KindFacts,
  ModelFile,
  ShapeFacts,
  StructureFacts,
  TargetFacts,
} from "../../packages/millrace/src/gateway/model/model-file.ts";
import type { BotocoreModel, BotocoreShape } from "./botocore.ts";
import { type SdkModel, sorted } from "./sdk-model.ts";

/**
 * Enums that name less than the service takes. S3 takes each canned list for a bucket: it ignores those that
 * are for objects, and `log-delivery-write` is for nothing else; the SDK for C++ (in pyarrow) says `enabled` where
 * the model's checksum mode is `ENABLED`.
 */
const incompleteEnums: ReadonlySet<string> = new Set(["BucketCannedACL", "ChecksumMode"]);

/**
 * Patterns that would keep a client from addressing what runs beside Millrace: plain http, and clusters that
 * are not on AWS. What is wider than AWS's is checked by the service.
 */
const widenedPatterns: ReadonlyMap<string, string> = new Map([
  ["AmazonopensearchserviceClusterEndpoint", "https?:.*"],
  ["ClusterJDBCURL", "jdbc:(redshift|postgresql)://[a-zA-Z0-9.\\-]+:\\d{1,5}/[a-zA-Z0-9_$-]+"],
  ["ElasticsearchClusterEndpoint", "https?:.*"],
  ["HttpEndpointUrl", "https?://.*"],
]);

/** Adds to the SDK's shapes what only botocore tells: constraints, enum values, number kinds, error lists. */
export function withConstraints(sdk: SdkModel, botocore: BotocoreModel): ModelFile {
  const walk = new Walk(sdk, botocore);
  for (const [name, operation] of Object.entries(sdk.operations)) {
    const known = botocore.operations[name];
    if (operation.input !== undefined && known?.input !== undefined)
      walk.pair(operation.input, known.input.shape);
    if (operation.output !== undefined && known?.output !== undefined)
      walk.pair(operation.output, known.output.shape);
  }
  for (const name of Object.keys(sdk.shapes)) if (botocore.shapes[name] !== undefined) walk.pair(name, name);
  const errors = Object.keys(sdk.operations).map((name): [string, string[]] => [
    name,
    (botocore.operations[name]?.errors ?? [])
      .map((error) => error.shape)
      .filter((shape) => shape in sdk.shapes),
  ]);
  return {
    ...sdk,
    errors: Object.fromEntries(errors.filter(([, names]) => names.length > 0)),
    kinds: sorted(walk.kinds),
    members: sorted(walk.members),
  };
}

/** Visits the same places of both models side by side, because their shape names sometimes differ. */
class Walk {
  readonly kinds: Record<string, KindFacts> = {};
  readonly members: Record<string, Record<string, string>> = {};
  readonly #sdk: SdkModel;
  readonly #botocore: BotocoreModel;
  readonly #seen = new Set<string>();

  constructor(sdk: SdkModel, botocore: BotocoreModel) {
    this.#sdk = sdk;
    this.#botocore = botocore;
  }

  /** `name` is a shape of the SDK model, `other` its counterpart. */
  pair(name: string, other: string): void {
    const shape = this.#sdk.shapes[name];
    const counterpart = this.#botocore.shapes[other];
    if (shape === undefined || counterpart === undefined || this.#seen.has(name)) return;
    this.#seen.add(name);
    this.#visit(name, shape, counterpart);
  }

  #visit(name: string, shape: ShapeFacts, counterpart: BotocoreShape): void {
    if ("list" in shape) this.#follow(shape.list, counterpart.member?.shape);
    else if ("key" in shape) this.#follow(shape.value, counterpart.value?.shape);
    else this.#bind(name, shape, counterpart);
  }

  #bind(name: string, shape: StructureFacts, counterpart: BotocoreShape): void {
    const bound: Record<string, string> = {};
    for (const [member, target] of Object.entries(shape.members)) {
      const kind = counterpart.members?.[member]?.shape;
      if (kind === undefined) continue;
      this.#follow(target, kind);
      if (this.#kind(kind)) bound[member] = kind;
    }
    if (Object.keys(bound).length > 0) this.members[name] = bound;
  }

  #follow(target: TargetFacts, other: string | undefined): void {
    if (other !== undefined) this.pair(typeof target === "string" ? target : target[0], other);
  }

  /** Records a shape that is not a structure; false when it says nothing that the SDK's schema does not. */
  #kind(name: string): boolean {
    if (name in this.kinds) return true;
    const facts = this.#facts(name);
    if (facts === undefined) return false;
    this.kinds[name] = facts;
    return true;
  }

  #facts(name: string): KindFacts | undefined {
    const shape = this.#botocore.shapes[name];
    const limits = shape === undefined || incompleteEnums.has(name) ? {} : limitsOf(shape, name);
    if (shape?.type === "list" || shape?.type === "map") {
      const inner = {
        ...this.#inner("element", shape.member?.shape),
        ...this.#inner("key", shape.key?.shape),
        ...this.#inner("value", shape.value?.shape),
      };
      return hasAny({ ...limits, ...inner }) ? { type: shape.type, ...limits, ...inner } : undefined;
    }
    const { type } = shape ?? {};
    if (type === "integer" || type === "long" || type === "float" || type === "double")
      return { type, ...limits };
    if ((type === "string" || type === "blob") && hasAny(limits)) return { type, ...limits };
    return undefined;
  }

  #inner(role: "element" | "key" | "value", name: string | undefined): Record<string, string> {
    return name !== undefined && this.#kind(name) ? { [role]: name } : {};
  }
}

function limitsOf(shape: BotocoreShape, name: string): Omit<KindFacts, "type"> {
  const pattern = widenedPatterns.get(name) ?? shape.pattern;
  return {
    ...(shape.min === undefined ? {} : { min: shape.min }),
    ...(shape.max === undefined ? {} : { max: shape.max }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(shape.enum === undefined ? {} : { enum: shape.enum }),
  };
}

function hasAny(facts: object): boolean {
  return Object.keys(facts).length > 0;
}
