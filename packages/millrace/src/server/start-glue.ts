import type { Service } from "../gateway/service.ts";
import { createGlue } from "../services/glue/index.ts";
import { KmsPasswordKeys } from "./glue-keys.ts";
import { openCatalog } from "./open-catalog.ts";
import { openKeys } from "./open-keys.ts";
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
  const service = await createGlue({ clock, log, master, tokens, store, catalog, keys });
  return {
    ...service,
    async close() {
      await service.close();
      store.close();
    },
  };
}
