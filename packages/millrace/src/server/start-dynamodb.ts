import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Service } from "../gateway/service.ts";
import { createDynamodb, ItemDatabase } from "../services/dynamodb/index.ts";
import type { ServiceContext } from "./service-context.ts";

/** DynamoDB on its own documents and items below `<data>/dynamodb`. */
export async function startDynamodb(context: ServiceContext): Promise<Service> {
  const { configuration, directory, clock, log } = context;
  const store = directory.store("dynamodb");
  const database = new ItemDatabase({
    path: directory.isKept ? itemsFile(directory.folder("dynamodb")) : ":memory:",
    isSynced: configuration.durability.mode === "sync",
    log,
  });
  const { transitionMs } = configuration;
  const service = await createDynamodb({ clock, log, store, database, transitionMs });
  return {
    ...service,
    async close() {
      await service.close();
      database.close();
      store.close();
    },
  };
}

function itemsFile(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, "items.sqlite");
}
