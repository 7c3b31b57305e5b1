import {
  ActionIcon,
  Anchor,
  Button,
  Group,
  Kbd,
  Menu,
  Text,
  TextInput,
  Tooltip,
  UnstyledButton,
  useComputedColorScheme,
  useMantineColorScheme,
} from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconLogout, IconMoon, IconSearch, IconSun, IconUser, IconWorld } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { useConsole } from "../api/console-context.tsx";
import { trustedSession } from "../api/session.ts";
import { openCommands } from "./commands.tsx";
import { Mark } from "./mark.tsx";

/** AWS's regions that people use most; any other can be typed. */
const regions: readonly string[] = [
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "ap-northeast-1",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "sa-east-1",
];

export function Header(): ReactNode {
  return (
    <Group justify="space-between" flex={1} wrap="nowrap">
      <Anchor component={Link} to="/flow" underline="never" c="inherit">
        <Group gap={8} wrap="nowrap">
          <Mark />
          <Text fw={700}>Millrace</Text>
        </Group>
      </Anchor>
      <Group gap="xs" wrap="nowrap">
        <UnstyledButton onClick={openCommands} visibleFrom="sm">
          <Button component="span" variant="default" size="xs" leftSection={<IconSearch size={14} />}>
            <Group gap={8}>
              Search <Kbd size="xs">Ctrl K</Kbd>
            </Group>
          </Button>
        </UnstyledButton>
        <Region />
        <Account />
        <SchemeToggle />
      </Group>
    </Group>
  );
}

function SchemeToggle(): ReactNode {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme();
  const toggle = (): void => setColorScheme(scheme === "dark" ? "light" : "dark");
  useHotkeys([["mod+J", toggle]]);
  return (
    <Tooltip label="Dark or light (Ctrl J)">
      <ActionIcon variant="default" size={30} aria-label="Dark or light" onClick={toggle}>
        {scheme === "dark" ? <IconSun size={16} /> : <IconMoon size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}

interface MenuTargetProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly children: string;
}

function MenuTarget({ label, icon, children }: MenuTargetProps): ReactNode {
  return (
    <Menu.Target>
      <Button variant="default" size="xs" leftSection={icon} aria-label={label}>
        {children}
      </Button>
    </Menu.Target>
  );
}

function Region(): ReactNode {
  const { session, change } = useConsole();
  const choose = (region: string): void => change({ ...session, region });
  return (
    <Menu>
      <MenuTarget label={`Region ${session.region}`} icon={<IconWorld size={14} />}>
        {session.region}
      </MenuTarget>
      <Menu.Dropdown mah={360} style={{ overflow: "auto" }}>
        <OwnChoice label="Another region" pattern={/^[a-z]{2}(-[a-z]+)+-\d$/} onChoose={choose} />
        {regions.map((region) => (
          <Menu.Item key={region} onClick={() => choose(region)}>
            {region}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Account(): ReactNode {
  const { session, change, signOut } = useConsole();
  return (
    <Menu>
      <MenuTarget label={`Account ${session.account}`} icon={<IconUser size={14} />}>
        {session.account}
      </MenuTarget>
      <Menu.Dropdown>
        {session.mode === "trust" ? (
          <OwnChoice
            label="Another account"
            pattern={/^\d{12}$/}
            onChoose={(account) => change(trustedSession(account, session.region))}
          />
        ) : (
          <>
            <Menu.Label>{session.accessKeyId}</Menu.Label>
            <Menu.Item leftSection={<IconLogout size={14} />} onClick={() => signOut()}>
              Sign out
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

interface OwnChoiceProps {
  readonly label: string;
  readonly pattern: RegExp;
  readonly onChoose: (text: string) => void;
}

function OwnChoice({ label, pattern, onChoose }: OwnChoiceProps): ReactNode {
  const [text, setText] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (pattern.test(text)) onChoose(text);
      }}
    >
      <TextInput
        size="xs"
        m={4}
        placeholder={label}
        aria-label={label}
        value={text}
        error={text !== "" && !pattern.test(text)}
        onChange={(event) => setText(event.currentTarget.value.trim())}
      />
    </form>
  );
}
