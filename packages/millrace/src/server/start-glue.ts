import type { Service } from "../gateway/service.ts";
import { crawlSchema, createGlue } from "../services/glue/index.ts";
import { KmsPasswordKeys } from "./glue-keys.ts";
import { openCatalog } from "./open-catalog.ts";
import { openKeys } from "./open-keys.ts";
import { openLogGroups } from "./open-log-groups.ts";
import { openSqlFile } from "./open-metrics.ts";
import { openObjects } from "./open-objects.ts";
import { openRoleAccess } from "./role-access.ts";
import type { ServiceContext } from "./service-context.ts";

/** Glue on the catalog that it shares with others, and on documents of its own, in `<data>/glue`. */
export async function startGlue(context: ServiceContext): Promise<Service> {
  const { clock, log, master, tokens, directory } = context;
  const catalog = await openCatalog(context);
  const store = directory.store("glue");
  const keys = new KmsPasswordKeys(
    () => openKeys(context),
    () => context.platform.made("keys"),
  );
  const crawlFile = openSqlFile(context, "glue", "crawls.sqlite", crawlSchema);
  const service = await createGlue({
    clock,
    log,
    master,
    tokens,
    store,
    catalog,
    keys,
    crawlFile,
    objects: () => openObjects(context),
    logs: await openLogGroups(context),
    roles: await openRoleAccess(context),
  });
  return {
    ...service,
    async close() {
      await service.close();
      store.close();
      crawlFile.close();
    },
  };
}
