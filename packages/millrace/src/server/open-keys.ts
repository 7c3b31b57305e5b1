import { KmsState, ServiceKeys } from "../services/kms/index.ts";
import type { ServiceContext } from "./service-context.ts";

/** The keys of KMS, in `<data>/kms`, sealed under the data directory's master key. */
export function openKeys(context: ServiceContext): Promise<ServiceKeys> {
  return context.platform.part("keys", async ({ onClose, onReset }) => {
    const { clock, log, master, tokens, directory } = context;
    const store = directory.store("kms");
    const state = new KmsState({ clock, log, master, tokens, store });
    onClose(async () => {
      await state.close();
      store.close();
    });
    await state.load();
    onReset(() => state.reset());
    return new ServiceKeys(state);
  });
}
