import type { ServiceClients } from "../../api/services.ts";

/** Tables that one can choose from; catalogs may have many more. */
const maxTables = 1_000;

/** `database.table` */
export async function allTableNames(glue: ServiceClients["glue"]): Promise<readonly string[]> {
  const names: string[] = [];
  const { DatabaseList = [] } = await glue.getDatabases({});
  for (const { Name: database } of DatabaseList) {
    if (database === undefined || names.length >= maxTables) continue;
    const { TableList = [] } = await glue.getTables({ DatabaseName: database });
    names.push(...TableList.map(({ Name }) => `${database}.${Name}`));
  }
  return names.slice(0, maxTables);
}
