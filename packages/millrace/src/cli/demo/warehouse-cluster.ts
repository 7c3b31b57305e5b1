import { randomBytes } from "node:crypto";
import { until } from "../aws-call/until.ts";
import { type DemoParts, patienceMs } from "./demo-parts.ts";

interface ClusterAnswer {
  readonly ClusterIdentifier: string;
  readonly ClusterStatus: string;
  readonly IamRoles?: readonly { readonly IamRoleArn: string }[];
}

const clusterName = "millrace-demo";

/** Sees to a cluster that may act in the demo's role: the first one that is available, or a new one. */
export async function prepareCluster(parts: DemoParts): Promise<void> {
  const { aws, roleArn } = parts;
  const cluster = (await clusters(parts)).find(isAvailable);
  if (cluster === undefined) {
    await createCluster(parts);
    return;
  }
  if (cluster.IamRoles?.some(({ IamRoleArn }) => IamRoleArn === roleArn)) return;
  await aws.call("redshift", "ModifyClusterIamRoles", {
    ClusterIdentifier: cluster.ClusterIdentifier,
    AddIamRoles: [roleArn],
  });
}

async function createCluster(parts: DemoParts): Promise<void> {
  const { aws, roleArn, signal } = parts;
  await aws.call("redshift", "CreateCluster", {
    ClusterIdentifier: clusterName,
    ClusterType: "multi-node",
    NodeType: "ra3.xlplus",
    NumberOfNodes: 2,
    DBName: "dev",
    MasterUsername: "awsuser",
    // Nobody needs it: temporary credentials are asked for. AWS wants letters of both kinds and a digit.
    MasterUserPassword: `Aa1${randomBytes(24).toString("hex")}`,
    IamRoles: [roleArn],
  });
  await until(async () => (await clusters(parts)).find(isAvailable), {
    ...{ what: `the cluster ${clusterName} is available`, timeoutMs: patienceMs, signal },
  });
}

async function clusters({ aws }: DemoParts): Promise<readonly ClusterAnswer[]> {
  return (await aws.call<{ readonly Clusters: readonly ClusterAnswer[] }>("redshift", "DescribeClusters", {}))
    .Clusters;
}

function isAvailable({ ClusterStatus }: ClusterAnswer): boolean {
  return ClusterStatus === "available";
}
