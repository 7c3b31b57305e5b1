import { KmsState, ServiceKeys } from "../services/kms/index.ts";
import { KmsObjectKeys } from "./object-keys.ts";
import type { ServiceContext } from "./service-context.ts";

const part = "keys";

type KeysContext = Pick<ServiceContext, "clock" | "log" | "master" | "tokens" | "directory" | "platform">;

/** The keys of KMS as S3 and the object store use them: opened by the first object that needs one. */
export function objectKeys(context: KeysContext): KmsObjectKeys {
  return new KmsObjectKeys(
    () => openKeys(context),
    () => context.platform.made<ServiceKeys>(part),
  );
}

/** The keys of KMS, in `<data>/kms`, sealed under the data directory's master key. */
export function openKeys(context: KeysContext): Promise<ServiceKeys> {
  return context.platform.part(part, async ({ onClose, onReset }) => {
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
