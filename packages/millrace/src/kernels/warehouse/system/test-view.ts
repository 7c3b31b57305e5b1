import type {
  ColumnRecord,
  FunctionRecord,
  Grant,
  RelationRecord,
  SchemaRecord,
} from "../catalog/records.ts";
import type { DatabaseRecord, UserRecord } from "../leader-records.ts";
import { EventLogs } from "./event-logs.ts";
import { SystemTables } from "./system-tables.ts";
import type { StorageFact, SystemView } from "./system-view.ts";

/** Test support: a small cluster as a session sees it. Two users, one group, one role, two databases. */

export const nowMs: number = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

export function testUser(id: number, name: string, options: Partial<UserRecord> = {}): UserRecord {
  return {
    id,
    name,
    verifiers: undefined,
    superuser: false,
    createDatabase: false,
    createUser: false,
    validUntilMs: undefined,
    connectionLimit: -1,
    sessionTimeoutSeconds: undefined,
    syslogAccess: "restricted",
    settings: {},
    roleIds: [],
    externalId: undefined,
    ...options,
  };
}

export const awsuser: UserRecord = testUser(100, "awsuser", {
  superuser: true,
  createDatabase: true,
  syslogAccess: "unrestricted",
  settings: { search_path: "public" },
});
export const alice: UserRecord = testUser(101, "alice", { roleIds: [{ roleId: 1001, adminOption: false }] });

const everybody = { granteeKind: "public", granteeId: 0, grantorId: 1, withGrantOption: false } as const;

export const dev: DatabaseRecord = {
  oid: 100_001,
  name: "dev",
  ownerId: 1,
  connectionLimit: -1,
  caseInsensitive: false,
  isolation: "snapshot",
  grants: [{ ...everybody, privilege: "temporary" }],
  createdAtMs: nowMs - 1_000_000,
  comment: undefined,
};

export const publicSchema: SchemaRecord = {
  kind: "schema",
  oid: 2_200,
  name: "public",
  ownerId: 1,
  quotaMb: undefined,
  comment: "Standard public schema",
  grants: [
    { ...everybody, privilege: "usage" },
    { ...everybody, privilege: "create" },
  ],
  external: undefined,
};

export const spectrumSchema: SchemaRecord = {
  ...publicSchema,
  oid: 100_010,
  name: "spectrum",
  ownerId: 100,
  comment: undefined,
  grants: [{ ...everybody, privilege: "usage", grantorId: 100 }],
  external: {
    source: "data catalog",
    database: "lake",
    remoteSchema: undefined,
    roleArns: ["arn:aws:iam::123456789012:role/spectrum"],
    catalogRoleArn: undefined,
    region: "us-east-1",
  },
};

export function testColumn(
  attributeNumber: number,
  name: string,
  type: ColumnRecord["type"],
  options: Partial<ColumnRecord> = {},
): ColumnRecord {
  return {
    attributeNumber,
    name,
    type,
    nullable: true,
    defaultText: undefined,
    identity: undefined,
    encoding: "raw",
    collation: undefined,
    comment: undefined,
    ...options,
  };
}

export function testRelation(
  oid: number,
  name: string,
  columns: readonly ColumnRecord[],
  options: Partial<RelationRecord> = {},
): RelationRecord {
  return {
    kind: "relation",
    oid,
    schemaOid: publicSchema.oid,
    name,
    type: "table",
    ownerId: 100,
    columns,
    constraints: [],
    distribution: { style: "all", auto: true, column: undefined },
    sort: undefined,
    backup: true,
    definition: undefined,
    searchPath: ["public"],
    dependsOn: [],
    materialized: undefined,
    comment: undefined,
    grants: [],
    createdAtMs: nowMs - 10_000,
    statistics: {
      changeCounter: 1,
      analyzedRows: undefined,
      analyzedAtMs: undefined,
      unsortedRows: 0,
      vacuumedAtMs: undefined,
    },
    ...options,
  };
}

const selectForRole: Grant = {
  granteeKind: "role",
  granteeId: 1001,
  grantorId: 100,
  privilege: "select",
  withGrantOption: true,
};

export const users: RelationRecord = testRelation(
  100_100,
  "users",
  [
    testColumn(
      1,
      "id",
      { name: "integer" },
      {
        nullable: false,
        identity: { seed: 1n, step: 2n, byDefault: false },
        encoding: "az64",
      },
    ),
    testColumn(
      2,
      "name",
      { name: "character varying", length: 30 },
      { encoding: "lzo", comment: "first and last" },
    ),
    testColumn(4, "country", { name: "character", length: 2 }, { defaultText: "'CH'::bpchar" }),
  ],
  {
    distribution: { style: "key", auto: false, column: 1 },
    sort: { style: "compound", auto: false, columns: [1, 4] },
    constraints: [{ name: "users_pkey", type: "primary key", columns: [1], references: undefined }],
    comment: "people",
    grants: [selectForRole],
    statistics: {
      changeCounter: 3,
      analyzedRows: 80,
      analyzedAtMs: nowMs - 5_000,
      unsortedRows: 25,
      vacuumedAtMs: nowMs - 6_000,
    },
  },
);

export const orders: RelationRecord = testRelation(
  100_101,
  "orders",
  [
    testColumn(1, "id", { name: "bigint" }, { nullable: false }),
    testColumn(2, "user_id", { name: "integer" }),
    testColumn(3, "amount", { name: "numeric", precision: 12, scale: 2 }),
    testColumn(4, "at", { name: "timestamp" }),
  ],
  {
    distribution: { style: "even", auto: false, column: undefined },
    sort: { style: "interleaved", auto: false, columns: [1, 2] },
    constraints: [
      {
        name: "orders_user_id_fkey",
        type: "foreign key",
        columns: [2],
        references: { relationOid: 100_100, columns: [1] },
      },
    ],
    grants: [
      { ...selectForRole, granteeKind: "user", granteeId: 101, column: "amount", withGrantOption: false },
    ],
  },
);

export const richView: RelationRecord = testRelation(
  100_102,
  "rich",
  [testColumn(1, "name", { name: "character varying", length: 30 })],
  { type: "view", definition: "select name from users", dependsOn: [100_100] },
);

export const lateView: RelationRecord = testRelation(100_103, "late", [], {
  type: "late-binding view",
  definition: "select * from public.users",
});

export const totals: RelationRecord = testRelation(
  100_104,
  "totals",
  [testColumn(1, "total", { name: "numeric", precision: 38, scale: 2 })],
  {
    type: "materialized view",
    definition: "select sum(amount) as total from orders",
    dependsOn: [100_101],
    materialized: { autoRefresh: true, refreshedAtMs: nowMs - 3_000, changeCounters: { "100101": 0 } },
  },
);

export const plusOne: FunctionRecord = {
  kind: "function",
  oid: 100_200,
  schemaOid: publicSchema.oid,
  name: "plus_one",
  ownerId: 100,
  parameterNames: [undefined],
  parameterTypes: [{ name: "integer" }],
  returnType: { name: "integer" },
  volatility: "immutable",
  body: "select $1 + 1",
  comment: undefined,
  grants: [{ ...everybody, privilege: "execute", grantorId: 100 }],
};

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

/** @param options what the test wants otherwise */
export function testView(options: Partial<SystemView> = {}): SystemView {
  const catalog = {
    schemas: [publicSchema, spectrumSchema],
    relations: [users, orders, richView, lateView, totals],
    functions: [plusOne],
    defaultPrivileges: [],
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
    cluster: {
      identifier: "millrace",
      account: "123456789012",
      region: "us-east-1",
      nodeType: "ra3.xlplus",
      nodes: 2,
      slices: 4,
      startedAtMs: nowMs - 60_000,
      disk: () => ({ totalBytes: 100 * 2 ** 30, freeBytes: 60 * 2 ** 30 }),
      usedBytes: () => 5 * 2 ** 20,
    },
    leader: {
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
    },
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
        : { schemas: [publicSchema], relations: [], functions: [], defaultPrivileges: [] },
    storage: async (relations) => new Map(relations.map((relation) => [relation.oid, storageOf(relation)])),
    lateBindingColumns: async (view) =>
      view.oid === lateView.oid ? users.columns.map(({ name, type }) => ({ name, type })) : undefined,
    external: {
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
    },
    sessions: () => [
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
    ],
    statements: () => [
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
    ],
    transactions: () => [
      {
        transactionId: 77,
        processId: 4711,
        userId: 100,
        userName: "awsuser",
        databaseOid: dev.oid,
        startedAtMs: nowMs - 100,
        locks: [{ relationOid: 100_101, mode: "AccessShareLock", granted: true }],
      },
    ],
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
