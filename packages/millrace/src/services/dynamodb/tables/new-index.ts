import { randomBytes } from "node:crypto";
import type { ScalarType } from "../values/attribute-value.ts";
import type { BillingMode, IndexDocument } from "./document.ts";
import { keyNamesOf, projectionOf } from "./schema-check.ts";
import { initialIndexThroughput, onDemandLimits } from "./throughput.ts";

interface IndexInput {
  readonly IndexName: string;
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
  readonly Projection: {
    readonly ProjectionType?: string | undefined;
    readonly NonKeyAttributes?: readonly string[] | undefined;
  };
  readonly ProvisionedThroughput?:
    | { readonly ReadCapacityUnits: number; readonly WriteCapacityUnits: number }
    | undefined;
  readonly OnDemandThroughput?: Parameters<typeof onDemandLimits>[0];
  readonly isGlobal: boolean;
}

/** An index as it begins: CREATING, under an id that was never used. */
export function newIndex(
  input: IndexInput,
  billing: BillingMode,
  attributes: Readonly<Record<string, ScalarType>>,
): IndexDocument {
  const { IndexName: name, isGlobal } = input;
  const onDemand = onDemandLimits(input.OnDemandThroughput);
  return {
    id: newIndexId(),
    name,
    isGlobal,
    keys: keyNamesOf(input.KeySchema, attributes),
    projection: projectionOf(input.Projection),
    status: "CREATING",
    ...(isGlobal ? { throughput: initialIndexThroughput(billing, name, input.ProvisionedThroughput) } : {}),
    ...(onDemand === undefined ? {} : { onDemand }),
  };
}

export function newIndexId(): string {
  return randomBytes(16).toString("hex");
}
