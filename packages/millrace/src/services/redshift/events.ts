import type { Happening } from "./event-table.ts";

/**
 * AWS's events and their numbers:
 * https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-event-notifications.html
 */
type Kind = readonly [
  id: string,
  category: Happening["category"],
  message: string,
  severity?: Happening["severity"],
];

type ClusterKind =
  | "parameterGroupChanged"
  | "created"
  | "deleted"
  | "resizeStarted"
  | "renamed"
  | "rebooted"
  | "resized"
  | "resizeFailed"
  | "pauseStarted"
  | "paused"
  | "resumeStarted"
  | "resumed"
  | "passwordChanged";

const clusterEvents: Readonly<Record<ClusterKind, Kind>> = {
  parameterGroupChanged: [
    "REDSHIFT-EVENT-1001",
    "configuration",
    "Cluster @ was modified to use the parameter group %.",
  ],
  created: ["REDSHIFT-EVENT-2000", "management", "Cluster @ has been created and is ready for use."],
  deleted: ["REDSHIFT-EVENT-2001", "management", "Cluster @ was deleted. A final snapshot was not saved."],
  resizeStarted: ["REDSHIFT-EVENT-2006", "management", "A resize of cluster @ to % was started."],
  renamed: ["REDSHIFT-EVENT-2013", "management", "Cluster @ was renamed to %."],
  rebooted: ["REDSHIFT-EVENT-3000", "monitoring", "Cluster @ was rebooted."],
  resized: [
    "REDSHIFT-EVENT-3002",
    "monitoring",
    "The resize of cluster @ is complete. It is available for reads and writes.",
  ],
  resizeFailed: ["REDSHIFT-EVENT-3500", "monitoring", "The resize of cluster @ failed: %", "ERROR"],
  pauseStarted: ["REDSHIFT-EVENT-3618", "monitoring", "The pause operation of cluster @ was started."],
  paused: ["REDSHIFT-EVENT-3619", "monitoring", "Cluster @ was successfully paused."],
  resumeStarted: ["REDSHIFT-EVENT-3620", "monitoring", "The resume operation of cluster @ was started."],
  resumed: ["REDSHIFT-EVENT-3621", "monitoring", "Cluster @ was successfully resumed."],
  passwordChanged: ["REDSHIFT-EVENT-4000", "security", "The admin credentials of cluster @ were updated."],
};

type ParameterGroupKind = "updated" | "created" | "deleted";

const parameterGroupEvents: Readonly<Record<ParameterGroupKind, Kind>> = {
  updated: ["REDSHIFT-EVENT-1002", "configuration", "The parameter % of parameter group @ was updated."],
  created: ["REDSHIFT-EVENT-1003", "configuration", "Cluster parameter group @ was created."],
  deleted: ["REDSHIFT-EVENT-1004", "configuration", "Cluster parameter group @ was deleted."],
};

type SecurityGroupKind = "created" | "deleted" | "changed";

const securityGroupEvents: Readonly<Record<SecurityGroupKind, Kind>> = {
  created: ["REDSHIFT-EVENT-1005", "security", "Cluster security group @ was created."],
  deleted: ["REDSHIFT-EVENT-1006", "security", "Cluster security group @ was deleted."],
  changed: ["REDSHIFT-EVENT-4001", "security", "The security group @ was modified."],
};

const happening = (
  sourceType: Happening["sourceType"],
  source: string,
  [id, category, message, severity = "INFO"]: Kind,
  detail: string,
): Happening => {
  // A replacement function: a `$` in a name has no meaning.
  const text = message.replace("@", () => source).replace("%", () => detail);
  return { id, sourceType, source, category, severity, message: text };
};

export function clusterEvent(kind: ClusterKind, name: string, detail: string = ""): Happening {
  return happening("cluster", name, clusterEvents[kind], detail);
}

export function parameterGroupEvent(kind: ParameterGroupKind, name: string, detail: string = ""): Happening {
  return happening("cluster-parameter-group", name, parameterGroupEvents[kind], detail);
}

export function securityGroupEvent(kind: SecurityGroupKind, name: string): Happening {
  return happening("cluster-security-group", name, securityGroupEvents[kind], "");
}

/** All kinds of events, by the type of their source. */
export const eventKinds: Readonly<Record<Happening["sourceType"], readonly Kind[]>> = Object.freeze({
  cluster: Object.values(clusterEvents),
  "cluster-parameter-group": Object.values(parameterGroupEvents),
  "cluster-security-group": Object.values(securityGroupEvents),
});

/** The sentence of an event with names in brackets, as AWS lists it. */
export function describeKind(sourceType: string, [, , message]: Kind): string {
  return message.replace("@", `[${sourceType.replaceAll("-", " ")} name]`).replace("%", "[value]");
}
