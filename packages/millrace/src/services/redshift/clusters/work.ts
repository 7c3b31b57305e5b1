import type { ClusterDocument } from "../document.ts";
import type { Resources } from "../resources.ts";
import { kernelSettings, keyOf } from "./kernel-settings.ts";
import { withOptions, withParametersOfGroup } from "./outcome.ts";

/**
 * What the kernel has to do for a cluster's work. Each step looks first whether it was done before a crash.
 * @throws whatever the kernel throws
 */
export async function performWork(state: Resources, cluster: ClusterDocument): Promise<void> {
  const { warehouse } = state;
  const { work } = cluster;
  const key = keyOf(cluster);
  const status = warehouse.state(key)?.status;
  switch (work?.kind) {
    case "create":
      // Nobody could connect before.
      return warehouse.configure(key, kernelSettings(state, cluster));
    case "modify":
      return modify(state, cluster);
    case "pause":
      if (status !== "paused") await warehouse.pause(key);
      return;
    case "resume":
      if (status === "paused") await warehouse.resume(key);
      return;
    case "reboot":
      await warehouse.configure(key, kernelSettings(state, withParametersOfGroup(state, cluster)));
      return warehouse.reboot(key);
    case "delete":
      if (status !== undefined) await warehouse.remove(key);
      return;
    case undefined:
  }
}

async function modify(state: Resources, cluster: ClusterDocument): Promise<void> {
  const { warehouse } = state;
  const { work } = cluster;
  if (work?.kind !== "modify") return;
  const { resize, newName } = work.change;
  const oldKey = keyOf(cluster);
  const key = newName === undefined ? oldKey : { ...oldKey, identifier: newName };
  if (newName !== undefined && warehouse.state(key) === undefined) await warehouse.rename(oldKey, newName);
  await warehouse.configure(key, kernelSettings(state, withOptions(cluster, work.change)));
  if (resize === undefined) return;
  const shape = warehouse.state(key)?.shape;
  if (shape?.nodeType !== resize.shape.nodeType || shape.nodes !== resize.shape.nodes)
    await warehouse.resize(key, resize.shape);
}
