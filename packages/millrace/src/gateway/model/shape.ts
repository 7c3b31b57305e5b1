import type { TraitFacts } from "./model-file.ts";

/** What a value may be. Lists, maps and structures refer to further shapes and may be recursive. */
export type Shape = SimpleShape | ListShape | MapShape | StructureShape;

export type SimpleKind =
  | "string"
  | "boolean"
  | "integer"
  | "long"
  | "float"
  | "double"
  | "timestamp"
  | "blob"
  | "document"
  | "bigInteger"
  | "bigDecimal";

export type TimestampFormat = "date-time" | "http-date" | "epoch-seconds";

/** Length of strings and blobs, number of elements, range of numbers, pattern and enum of strings. */
export interface Limits {
  readonly min?: number;
  readonly max?: number;
  /** As AWS prints it in messages. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

export interface SimpleShape {
  readonly kind: SimpleKind;
  readonly limits: Limits;
  /** Only where the model overrides the format that the protocol uses. */
  readonly timestampFormat?: TimestampFormat;
  /** A blob that is read from or written to the HTTP body as it flows. */
  readonly streaming: boolean;
}

/** Where a shape is used, with the traits of that place. */
export interface Place {
  readonly shape: Shape;
  readonly traits: TraitFacts;
}

export interface ListShape {
  readonly kind: "list";
  readonly limits: Limits;
  readonly element: Place;
}

export interface MapShape {
  readonly kind: "map";
  readonly limits: Limits;
  readonly key: Place;
  readonly value: Place;
}

export interface Member extends Place {
  readonly name: string;
  readonly required: boolean;
}

export interface StructureShape {
  readonly kind: "structure";
  readonly name: string;
  readonly union: boolean;
  readonly traits: TraitFacts;
  /** Resolved when first asked for, so that recursive shapes and large models cost nothing up front. */
  readonly members: readonly Member[];
  member(name: string): Member | undefined;
}

/** An event stream is a union whose members are events and exceptions. */
export function isEventStream(shape: Shape): shape is StructureShape {
  return shape.kind === "structure" && shape.union && shape.traits.streaming === 1;
}

/** A blob that is not collected before the operation runs. */
export function isStreaming(shape: Shape): boolean {
  return shape.kind === "blob" && shape.streaming;
}
