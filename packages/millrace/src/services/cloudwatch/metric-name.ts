import type { Dimension } from "@aws-sdk/client-cloudwatch";
import type { MetricIdentity } from "../../core/telemetry.ts";
import type { Call } from "../../gateway/call.ts";
import type { Input } from "../../gateway/service.ts";
import { invalidValue } from "./errors.ts";

/** A metric of the caller's account and region as an input names it. */
export function metricOf(
  named: {
    readonly namespace: string;
    readonly name: string;
    readonly dimensions: readonly Input<Dimension>[] | undefined;
  },
  call: Pick<Call, "account" | "region">,
  parameter: string,
): Omit<MetricIdentity, "unit"> {
  const { account, region } = call;
  const { namespace, name } = named;
  return { account, region, namespace, name, dimensions: dimensionsOf(named.dimensions ?? [], parameter) };
}

function dimensionsOf(list: readonly Input<Dimension>[], parameter: string): Record<string, string> {
  const dimensions = new Map<string, string>();
  for (const { Name, Value } of list) {
    if (dimensions.has(Name))
      throw invalidValue(`The parameter ${parameter} contains the dimension ${Name} more than once.`);
    dimensions.set(Name, Value);
  }
  // Object.fromEntries defines members, so that a dimension may be called `__proto__`.
  return Object.fromEntries(dimensions);
}
