import type { SystemTable } from "../system-table.ts";
import { activityTables } from "./activity.ts";
import { externalLogTables } from "./external-logs.ts";
import { informationSchemaTables } from "./information-schema.ts";
import { loadLogTables } from "./load-logs.ts";
import { maintenanceLogTables } from "./maintenance-logs.ts";
import { pgLocks, pgStatActivity } from "./pg-activity.ts";
import { pgAttrdef, pgAttribute, pgAttributeInfo } from "./pg-attribute.ts";
import { pgClass, pgClassInfo } from "./pg-class.ts";
import { pgConstraint, pgIndex, pgIndexes } from "./pg-constraint.ts";
import { emptyCatalogTables } from "./pg-empty.ts";
import {
  pgDatabase,
  pgDatabaseInfo,
  pgDefaultAcl,
  pgGroup,
  pgSettings,
  pgShadow,
  pgTablespace,
  pgUser,
  pgUserInfo,
} from "./pg-leader.ts";
import { pgDepend, pgDescription, pgRewrite } from "./pg-links.ts";
import { pgExternalSchema, pgNamespace } from "./pg-namespace.ts";
import { pgLanguage, pgProc, pgProcInfo } from "./pg-proc.ts";
import { pgType } from "./pg-type.ts";
import { pgTableDef, pgTables, pgViews } from "./pg-views.ts";
import { psqlTables } from "./psql-tables.ts";
import { routines } from "./routines.ts";
import { sessionLogTables } from "./session-logs.ts";
import { statementLogTables } from "./statement-logs.ts";
import { storageTables } from "./storage.ts";
import { svvExternalTables } from "./svv-external.ts";
import { svvLocalTables } from "./svv-local.ts";
import { svvObjectTables } from "./svv-objects.ts";
import { svvPrivilegeTables, svvRoleTables } from "./svv-privileges.ts";
import { svvViewTables } from "./svv-views.ts";

/** Every system table that there is; any other name is 42P01. */
export const allSystemTables: readonly SystemTable[] = Object.freeze([
  pgNamespace,
  pgExternalSchema,
  pgClass,
  pgClassInfo,
  pgAttribute,
  pgAttributeInfo,
  pgAttrdef,
  pgConstraint,
  pgIndex,
  pgIndexes,
  pgType,
  pgProc,
  pgProcInfo,
  pgLanguage,
  pgDepend,
  pgDescription,
  pgRewrite,
  pgViews,
  pgTables,
  pgTableDef,
  pgUser,
  pgUserInfo,
  pgShadow,
  pgGroup,
  pgDatabase,
  pgDatabaseInfo,
  pgSettings,
  pgTablespace,
  pgDefaultAcl,
  pgStatActivity,
  pgLocks,
  ...emptyCatalogTables,
  ...psqlTables,
  ...informationSchemaTables,
  routines,
  ...svvObjectTables,
  ...svvLocalTables,
  ...svvViewTables,
  ...svvExternalTables,
  ...svvPrivilegeTables,
  ...svvRoleTables,
  ...storageTables,
  ...activityTables,
  ...statementLogTables,
  ...loadLogTables,
  ...externalLogTables,
  ...maintenanceLogTables,
  ...sessionLogTables,
]);
