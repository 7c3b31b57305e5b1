import { partitionOf } from "../../core/arn.ts";
import type { Owner } from "./document-table.ts";

/** The ARNs of Glue's resources, as the service authorization reference writes them. */
const arn = ({ account, region }: Owner, resource: string): string =>
  `arn:${partitionOf(region)}:glue:${region}:${account}:${resource}`;

/** @param nested The name of a catalog other than the account's own. */
export const catalogArn = (owner: Owner, nested?: string): string =>
  arn(owner, nested === undefined ? "catalog" : `catalog/${nested}`);

export const databaseArn = (owner: Owner, database: string): string => arn(owner, `database/${database}`);

export const tableArn = (owner: Owner, database: string, table: string): string =>
  arn(owner, `table/${database}/${table}`);

export const functionArn = (owner: Owner, database: string, name: string): string =>
  arn(owner, `userDefinedFunction/${database}/${name}`);

export const connectionArn = (owner: Owner, name: string): string => arn(owner, `connection/${name}`);

export const crawlerArn = (owner: Owner, name: string): string => arn(owner, `crawler/${name}`);
