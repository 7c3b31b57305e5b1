import { Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import type { ReactNode } from "react";

export interface MoreMenuProps {
  readonly isBusy?: boolean;
  /** `Menu.Item`s. */
  readonly children: ReactNode;
}

/** What else can be done with what a page shows. */
export function MoreMenu({ isBusy = false, children }: MoreMenuProps): ReactNode {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="xs" px={8} loading={isBusy} aria-label="More">
          <IconDots size={16} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
