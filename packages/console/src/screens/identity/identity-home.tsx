import { Alert } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useConsole } from "../../api/console-context.tsx";
import { Page } from "../../ui/page.tsx";
import { PageTabs } from "../../ui/page-tabs.tsx";
import { AccountTab } from "./account-tab.tsx";
import { Groups } from "./groups.tsx";
import { Policies } from "./policies.tsx";
import { Roles } from "./roles.tsx";
import { Simulator } from "./simulator.tsx";
import { Users } from "./users.tsx";

export function IdentityHome(): ReactNode {
  const { session } = useConsole();
  return (
    <Page title="Identity" lead="Users, groups, roles and policies of IAM" fills>
      {session.mode === "trust" && (
        <Alert icon={<IconInfoCircle />} color="blue" py="xs" mb="sm">
          Millrace trusts everybody: policies are kept and can be simulated, but not enforced. Start it with
          --auth verify to enforce them.
        </Alert>
      )}
      <PageTabs
        own={["principal", "actions", "resources"]}
        tabs={[
          { value: "users", label: "Users", content: () => <Users /> },
          { value: "groups", label: "Groups", content: () => <Groups /> },
          { value: "roles", label: "Roles", content: () => <Roles /> },
          { value: "policies", label: "Policies", content: () => <Policies /> },
          { value: "simulator", label: "Simulator", content: () => <Simulator /> },
          { value: "account", label: "Account", content: () => <AccountTab /> },
        ]}
      />
    </Page>
  );
}
