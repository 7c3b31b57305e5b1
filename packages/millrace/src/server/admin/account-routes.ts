import type { AdminContext } from "./context.ts";
import { type AdminRoute, answer, conflict, notFound } from "./route.ts";

/** Calls about the accounts that this Millrace knows. */
export function accountRoutes({ access }: Pick<AdminContext, "access">): readonly AdminRoute[] {
  return [
    {
      method: "POST",
      pattern: "accounts/:id",
      action: "AddAccount",
      scope: "machine",
      async run({ parameters }) {
        const account = parameters["id"] ?? "";
        if (!/^\d{12}$/.test(account)) throw notFound("An account is named by 12 digits.");
        if (access.addRoot === undefined)
          throw conflict(`Every key is taken here: use ${account} itself as the access key id.`);
        const { accessKeyId, secretKey } = await access.addRoot(account);
        return answer({ account, accessKeyId, secretKey });
      },
    },
  ];
}
