import { ObjectStore } from "../kernels/objects/index.ts";
import type { ServiceContext } from "./service-context.ts";

/** The object store, below `<data>/objects`. */
export function openObjects(context: ServiceContext): Promise<ObjectStore> {
  return context.platform.part("objects", async (onClose) => {
    const store = new ObjectStore();
    onClose(() => store.close());
    return store;
  });
}
