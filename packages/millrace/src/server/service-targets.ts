import { ModelLibrary } from "../gateway/model/model-library.ts";

/** How the operations of a service are called as AWS JSON, which Millrace takes for services of every protocol. */
export interface ServiceTarget {
  /** In signatures: `kinesis`. */
  readonly signingName: string;
  /** Before the operation in `x-amz-target`: `Kinesis_20131202`. */
  readonly targetPrefix: string;
}

/** By service id: `kinesis`, `kinesis-analytics-v2`. */
export function serviceTargets(): ReadonlyMap<string, ServiceTarget> {
  const targets = new Map<string, ServiceTarget>();
  for (const [id, { signingName, targetPrefix }] of new ModelLibrary().services)
    targets.set(id, { signingName, targetPrefix });
  return targets;
}
