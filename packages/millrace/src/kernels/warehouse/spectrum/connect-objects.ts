import type { StatementObjects, WarehouseObjects } from "../objects-port.ts";
import type { SystemCluster } from "../system/system-view.ts";
import type { ClusterSettings } from "../warehouse-port.ts";
import { asked } from "./external-errors.ts";
import { clusterKeyOf, type ExternalSchemaRecord } from "./schema-access.ts";

interface ObjectsHost {
  readonly objects: WarehouseObjects | undefined;
  readonly facts: Pick<SystemCluster, "account" | "region" | "identifier">;
  clusterSettings(): ClusterSettings;
}

export function regionOf({ external }: ExternalSchemaRecord, host: Pick<ObjectsHost, "facts">): string {
  return external.region ?? host.facts.region;
}

/** S3 in the name of a schema's role. @throws SqlError */
export function connectObjects(
  schema: ExternalSchemaRecord,
  host: ObjectsHost,
  signal: AbortSignal,
): Promise<StatementObjects> {
  return asked(() => {
    if (host.objects === undefined) throw new Error("there is no S3");
    const identity = { kind: "roles", roleArns: schema.external.roleArns } as const;
    const region = regionOf(schema, host);
    return host.objects.connect(
      // Spectrum reads outside of the cluster's VPC: enhanced VPC routing is for COPY and UNLOAD.
      { identity, cluster: clusterKeyOf(host.facts), region, enhancedVpcRouting: false },
      signal,
    );
  });
}
