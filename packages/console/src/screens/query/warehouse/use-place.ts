import type { Cluster } from "@aws-sdk/client-redshift";
import { useConsole } from "../../../api/console-context.tsx";
import { useClusters } from "./use-warehouse.ts";
import type { WarehousePlace } from "./warehouse-rows.ts";

export interface PlaceChoice {
  readonly cluster?: string | undefined;
  readonly database?: string | undefined;
  readonly user?: string | undefined;
}

export interface Place {
  readonly place: WarehousePlace | undefined;
  readonly clusters: readonly Cluster[];
  readonly error: Error | null;
  readonly isPending: boolean;
}

/**
 * Where statements go: what was chosen, else the first cluster that is available and its database. Where callers are
 * trusted they are its admin user, else themselves.
 */
export function usePlace(choice: PlaceChoice): Place {
  const { session } = useConsole();
  const { data: clusters = [], error, isPending } = useClusters({ everyMs: 15_000 });
  const available = clusters.find(({ ClusterStatus }) => ClusterStatus === "available") ?? clusters[0];
  const cluster = clusters.find(({ ClusterIdentifier }) => ClusterIdentifier === choice.cluster) ?? available;
  // Who may not list clusters may still know one.
  const name = cluster?.ClusterIdentifier ?? choice.cluster;
  const firstUser = session.mode === "trust" ? cluster?.MasterUsername : undefined;
  const user = choice.user === "" ? undefined : (choice.user ?? firstUser);
  const place =
    name === undefined
      ? undefined
      : { cluster: name, database: choice.database ?? cluster?.DBName ?? "dev", user };
  return { place, clusters, error, isPending };
}
