import type {
  ColumnRecord,
  FunctionRecord,
  Grant,
  RelationRecord,
  SchemaRecord,
} from "../catalog/records.ts";
import type { DatabaseRecord, UserRecord } from "../leader-records.ts";

/** Test support: the records of a small catalog and its users. */

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

function testColumn(
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

function testRelation(
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
