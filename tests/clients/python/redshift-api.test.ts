import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { virtualEnvironment } from "./virtual-environment.ts";

let millrace: MillraceProcess;
let python: string;

beforeAll(async () => {
  ({ python } = await virtualEnvironment());
  millrace = await MillraceProcess.start({ flags: { "transition-ms": "0" } });
});
afterAll(() => millrace.dispose());

it("boto3, its waiters and paginators control clusters unchanged", async () => {
  const printed = await mustRun([python, join(import.meta.dirname, "redshift-api.py"), millrace.url]);
  expect(JSON.parse(printed)).toEqual({
    "user parameters": { require_ssl: "true", statement_timeout: "60000" },
    subnets: ["subnet-1", "subnet-2"],
    created: "sales",
    cluster: {
      ClusterStatus: "available",
      ClusterAvailabilityStatus: "Available",
      AvailabilityZoneRelocationStatus: "disabled",
      MultiAZ: "Disabled",
      Encrypted: false,
      DBName: "shop",
      NumberOfNodes: 1,
      ClusterSubnetGroupName: "net",
      Tags: [{ Key: "team", Value: "a" }],
    },
    endpoint: "127.0.0.1",
    logging: false,
    public: true,
    nodes: 3,
    resize: "SUCCEEDED",
    credentials: ["IAMA:anna", true],
    identity: "IAM:root",
    tags: [{ Key: "env", Value: "test" }],
    events: ["REDSHIFT-EVENT-2000", "REDSHIFT-EVENT-2006", "REDSHIFT-EVENT-3002"],
    refused: {
      unknown: "ClusterNotFound",
      again: "ClusterAlreadyExists",
      weak: "InvalidParameterValue",
      encrypted: "NotImplemented",
      group: "ClusterParameterGroupNotFound",
      "group in use": "InvalidClusterParameterGroupState",
      "no snapshot": "InvalidParameterCombination",
      snapshots: "NotImplemented",
      duration: "InvalidParameterValue",
    },
    left: ["default.redshift-1.0", "default.redshift-2.0"],
  });
});
