import { IamState } from "../services/iam/state.ts";
import type { ServiceContext } from "./service-context.ts";

/** What {@link openIdentities} is made from. */
export type IdentityContext = Pick<ServiceContext, "clock" | "directory" | "master" | "tokens" | "platform">;

/** Users, roles and their policies: IAM changes them, STS and the gateway read them. */
export function openIdentities(context: IdentityContext): Promise<IamState> {
  const { clock, directory, master, tokens } = context;
  return context.platform.part("identities", async (onClose) => {
    const store = directory.store("iam");
    onClose(() => store.close());
    const state = new IamState({ clock, store, master, tokens });
    state.load();
    return state;
  });
}
