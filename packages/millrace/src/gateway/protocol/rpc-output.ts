import type { OperationModel } from "../model/service-model.ts";
import type { StructureShape } from "../model/shape.ts";

/** RPC protocols open an event stream with a message that holds the output's other members. */
export function initialResponse(
  operation: OperationModel,
  output: unknown,
): { readonly shape: StructureShape; readonly value: unknown } | undefined {
  const events = operation.outputEvents;
  if (operation.output === undefined || events === undefined) return undefined;
  const { [events.name]: _events, ...value } = output as Readonly<Record<string, unknown>>;
  return { shape: operation.output, value };
}
