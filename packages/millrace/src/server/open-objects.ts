import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ObjectStore } from "../kernels/objects/index.ts";
import { openObjectPlaces } from "./object-places.ts";
import { objectKeys } from "./open-keys.ts";
import type { ServiceContext } from "./service-context.ts";

/** The object store, below `<data>/objects` but for bytes that go elsewhere; a Millrace that keeps nothing has it in a temporary directory. */
export function openObjects(context: ServiceContext): Promise<ObjectStore> {
  return context.platform.part("objects", async ({ onClose }) => {
    const { clock, log, master, directory } = context;
    const { isKept } = directory;
    const dir = isKept ? directory.folder("objects") : mkdtempSync(join(tmpdir(), "millrace-objects-"));
    if (!isKept) onClose(() => rmSync(dir, { recursive: true, force: true }));
    const store = await ObjectStore.open({
      dir,
      // An object is large or is kept for long: it is on disk before the answer wherever anything is.
      sync: isKept ? "full" : "off",
      clock,
      log,
      master,
      keys: objectKeys(context),
      ...(await openObjectPlaces(context, dir)),
    });
    onClose(() => store.close());
    return store;
  });
}
