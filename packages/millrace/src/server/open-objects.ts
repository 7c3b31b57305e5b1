import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ServiceError } from "../core/errors.ts";
import { type ObjectKeys, ObjectStore } from "../kernels/objects/index.ts";
import type { ServiceContext } from "./service-context.ts";

/** The object store, below `<data>/objects`; a Millrace that keeps nothing has it in a temporary directory. */
export function openObjects(context: ServiceContext): Promise<ObjectStore> {
  return context.platform.part("objects", async (onClose) => {
    const { clock, log, master, directory } = context;
    const { isKept } = directory;
    const dir = isKept ? directory.folder("objects") : mkdtempSync(join(tmpdir(), "millrace-objects-"));
    if (!isKept) onClose(() => rmSync(dir, { recursive: true, force: true }));
    const sync = isKept && context.configuration.durability.mode === "sync" ? "full" : "off";
    const store = await ObjectStore.open({ dir, sync, clock, log, master, keys: noKeys });
    onClose(() => store.close());
    return store;
  });
}

const notThere = (): Promise<never> =>
  Promise.reject(
    new ServiceError("NotImplemented", "Millrace has no KMS keys for objects yet.", { status: 501 }),
  );

const noKeys: ObjectKeys = Object.freeze({ createDataKey: notThere, openDataKey: notThere });
