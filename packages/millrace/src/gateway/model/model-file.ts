import type { ProtocolName } from "../service.ts";

/**
 * The grammar of the generated files in `gateway/facts/`, which `npm run facts` writes.
 *
 * `service`, `operations` and `shapes` come from the schemas of the installed `@aws-sdk/client-*` package;
 * `errors`, `kinds` and `members` are what those schemas do not say, taken from the botocore release named
 * in `service.botocore`. docs/adr/0001-generated-models.md tells why.
 */
export interface ModelFile {
  readonly service: ServiceFacts;
  readonly operations: Readonly<Record<string, OperationFacts>>;
  readonly shapes: Readonly<Record<string, ShapeFacts>>;
  /** Operation name -> names of its modelled errors. */
  readonly errors: Readonly<Record<string, readonly string[]>>;
  /** Shapes that are not structures, for their constraints and number kinds. */
  readonly kinds: Readonly<Record<string, KindFacts>>;
  /** Structure name -> member name -> name in `kinds`, where that adds something. */
  readonly members: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface ServiceFacts {
  /** Folder name of the service: `kinesis`. */
  readonly id: string;
  /** `Kinesis`, `CloudWatch Logs`: the name in rpcv2Cbor paths and endpoint variables. */
  readonly sdkId: string;
  readonly namespace: string;
  readonly apiVersion: string;
  readonly signingName: string;
  /** Protocol of the JavaScript client; requests may come in others. */
  readonly protocol: ProtocolName;
  readonly targetPrefix: string;
  readonly xmlNamespace?: string;
  readonly queryCompatible?: true;
  /** The package and version that the shapes come from. */
  readonly sdk: string;
  /** The botocore version that the constraints come from. */
  readonly botocore: string;
}

export interface OperationFacts {
  /** Absent when the operation takes or returns nothing. */
  readonly input?: string;
  readonly output?: string;
  /** Method, URI pattern, success status. */
  readonly http?: readonly [string, string, number];
  readonly idempotent?: 1;
  readonly hostPrefix?: string;
}

/**
 * The target of a member, an element or a value: the name of a shape in the file, or a simple type
 * (`string number boolean timestamp date-time http-date epoch-seconds blob streaming-blob document
 * bigInteger bigDecimal`), or `list:` or `map:` before a simple type.
 */
export type TargetFacts = string | readonly [string, TraitFacts];

export type ShapeFacts =
  | { readonly list: TargetFacts; readonly traits?: TraitFacts }
  | { readonly key: TargetFacts; readonly value: TargetFacts; readonly traits?: TraitFacts }
  | StructureFacts;

export interface StructureFacts {
  readonly members: Readonly<Record<string, TargetFacts>>;
  /** The first so many members are required. */
  readonly required?: number;
  readonly union?: 1;
  readonly traits?: TraitFacts;
}

export interface TraitFacts {
  readonly httpLabel?: 1;
  readonly httpQuery?: string;
  readonly httpQueryParams?: 1;
  readonly httpHeader?: string;
  readonly httpPrefixHeaders?: string;
  readonly httpPayload?: 1;
  readonly httpResponseCode?: 1;
  readonly hostLabel?: 1;
  readonly jsonName?: string;
  readonly xmlName?: string;
  readonly xmlFlattened?: 1;
  readonly xmlAttribute?: 1;
  readonly xmlNamespace?: readonly [string, string];
  readonly eventPayload?: 1;
  readonly eventHeader?: 1;
  readonly idempotencyToken?: 1;
  readonly sensitive?: 1;
  readonly streaming?: 1;
  readonly error?: "client" | "server";
  readonly httpError?: number;
  readonly awsQueryError?: readonly [string, number];
}

export interface KindFacts {
  readonly type: "string" | "blob" | "integer" | "long" | "float" | "double" | "list" | "map";
  /** Length of strings and blobs, number of elements, or range of numbers. */
  readonly min?: number;
  readonly max?: number;
  /** As AWS prints it in messages. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
  /** Names in this table. */
  readonly element?: string;
  readonly key?: string;
  readonly value?: string;
}
