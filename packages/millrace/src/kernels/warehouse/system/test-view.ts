import { CatalogSnapshot } from "../catalog/catalog-snapshot.ts";
import type { RelationRecord } from "../catalog/records.ts";
import { allLanguages } from "../security/languages.ts";
import { EventLogs } from "./event-logs.ts";
import { SystemTables } from "./system-tables.ts";
import type {
  ExternalCatalog,
  SessionFact,
  StatementFact,
  StorageFact,
  SystemCluster,
  SystemLeader,
  SystemView,
  TransactionFact,
} from "./system-view.ts";
import {
  alice,
  awsuser,
  dev,
  lateView,
  nowMs,
  orders,
  plusOne,
  publicSchema,
  richView,
  spectrumSchema,
  testUser,
  totals,
  users,
} from "./test-records.ts";

/** Test support: a small cluster as a session sees it. Two users, one group, two roles, two databases. */

function storageOf(relation: RelationRecord): StorageFact {
  return {
    relationOid: relation.oid,
    rows: 100,
    rowsBySlice: [40, 20, 20, 20],
    columns: relation.columns.map((column) => ({
      attributeNumber: column.attributeNumber,
      compression: "BitPacking",
      segments: [{ rows: 100, bytes: 2_000, slice: 0, minimum: "1", maximum: "199" }],
    })),
  };
}

const cluster: SystemCluster = {
  identifier: "millrace",
  account: "123456789012",
  region: "us-east-1",
  nodeType: "ra3.xlplus",
  nodes: 2,
  slices: 4,
  startedAtMs: nowMs - 60_000,
  disk: () => ({ totalBytes: 100 * 2 ** 30, freeBytes: 60 * 2 ** 30 }),
  usedBytes: () => 5 * 2 ** 20,
};

const leader: SystemLeader = {
  users: [testUser(1, "rdsdb", { superuser: true }), awsuser, alice],
  groups: [{ id: 500, name: "analysts", userIds: [101] }],
  roles: [
    {
      id: 1001,
      name: "reader",
      ownerId: 100,
      externalId: undefined,
      systemPrivileges: [],
      roleIds: [{ roleId: 1002, adminOption: false }],
    },
    { id: 1002, name: "base", ownerId: 100, externalId: undefined, systemPrivileges: [], roleIds: [] },
  ],
  databases: [dev, { ...dev, oid: 100_002, name: "other" }],
};

const external: ExternalCatalog = {
  tables: async () => [
    {
      name: "events",
      location: "s3://lake/events/",
      inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
      outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
      serialization: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
      serdeParameters: { "field.delim": "," },
      compressed: false,
      parameters: { classification: "csv" },
      tableType: "EXTERNAL_TABLE",
      columns: [
        { name: "id", externalType: "bigint", type: { name: "bigint" }, partitionKey: 0 },
        {
          name: "day",
          externalType: "string",
          type: { name: "character varying", length: 65_535 },
          partitionKey: 1,
        },
      ],
    },
  ],
  partitions: async () => [
    {
      values: ["2026-01-01"],
      location: "s3://lake/events/day=2026-01-01/",
      inputFormat: "i",
      outputFormat: "o",
      serialization: "s",
      serdeParameters: {},
      compressed: false,
      parameters: {},
    },
  ],
};

const sessions: readonly SessionFact[] = [
  {
    processId: 4711,
    userId: 100,
    userName: "awsuser",
    database: "dev",
    client: "127.0.0.1:50000",
    applicationName: "psql",
    driverVersion: undefined,
    tls: true,
    startedAtMs: nowMs - 2_000,
    endedAtMs: undefined,
    state: "idle",
  },
];

const statements: readonly StatementFact[] = [
  {
    queryId: 1,
    transactionId: 70,
    processId: 4711,
    userId: 100,
    userName: "awsuser",
    database: "dev",
    text: `select '${"x".repeat(300)}'`,
    label: "default",
    category: "query",
    queryType: "SELECT",
    startedAtMs: nowMs - 1_000,
    endedAtMs: nowMs - 990,
    planningMs: 2,
    rows: 1,
    resultBytes: 10,
    error: undefined,
    aborted: false,
    relationOids: [100_100],
  },
  {
    queryId: 2,
    transactionId: 71,
    processId: 4712,
    userId: 101,
    userName: "alice",
    database: "dev",
    text: "create table t(a int)",
    label: "default",
    category: "ddl",
    queryType: "DDL",
    startedAtMs: nowMs - 500,
    endedAtMs: nowMs - 499,
    planningMs: 0,
    rows: 0,
    resultBytes: 0,
    error: { sqlState: "42P07", message: 'relation "t" already exists' },
    aborted: true,
    relationOids: [],
  },
  {
    queryId: 3,
    transactionId: 77,
    processId: 4711,
    userId: 100,
    userName: "awsuser",
    database: "dev",
    text: "select count(*) from orders",
    label: "nightly",
    category: "query",
    queryType: "SELECT",
    startedAtMs: nowMs - 100,
    endedAtMs: undefined,
    planningMs: 1,
    rows: 0,
    resultBytes: 0,
    error: undefined,
    aborted: false,
    relationOids: [100_101],
  },
];

const transactions: readonly TransactionFact[] = [
  {
    transactionId: 77,
    processId: 4711,
    userId: 100,
    userName: "awsuser",
    databaseOid: dev.oid,
    startedAtMs: nowMs - 100,
    locks: [{ relationOid: 100_101, mode: "AccessShareLock", granted: true }],
  },
];

/** @param options what the test wants otherwise */
export function testView(options: Partial<SystemView> = {}): SystemView {
  const catalog = {
    schemas: [publicSchema, spectrumSchema],
    relations: [users, orders, richView, lateView, totals],
    functions: [plusOne],
    defaultPrivileges: [],
    languages: allLanguages(CatalogSnapshot.empty),
  };
  return {
    nowMs,
    session: {
      processId: 4711,
      user: awsuser,
      database: dev,
      searchPath: ["public"],
      temporarySchemaOid: undefined,
      transactionId: 77,
    },
    cluster,
    leader,
    catalog,
    settings: [
      {
        name: "datestyle",
        value: "ISO, MDY",
        defaultValue: "ISO, MDY",
        description: "",
        type: "string",
        changeable: true,
      },
    ],
    catalogOf: async (database) =>
      database.oid === dev.oid
        ? catalog
        : { schemas: [publicSchema], relations: [], functions: [], defaultPrivileges: [], languages: [] },
    storage: async (relations) => new Map(relations.map((relation) => [relation.oid, storageOf(relation)])),
    lateBindingColumns: async (view) =>
      view.oid === lateView.oid ? users.columns.map(({ name, type }) => ({ name, type })) : undefined,
    external,
    sessions: () => sessions,
    statements: () => statements,
    transactions: () => transactions,
    logs: new EventLogs(),
    builtInFunctions: [
      {
        name: "len",
        parameterTypes: [{ name: "character varying" }],
        returnType: { name: "integer" },
        kind: "scalar",
        volatility: "immutable",
      },
    ],
    systemTables: new SystemTables(),
    ...options,
  };
}
