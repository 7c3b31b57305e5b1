import { AppShell, Burger, Center, Group, Loader, NavLink, ScrollArea, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, Suspense, useEffect } from "react";
import { Link, Navigate, Route, Routes, useLocation } from "react-router";
import { useConsole } from "../api/console-context.tsx";
import { EmptyState } from "../ui/states.tsx";
import { Commands } from "./commands.tsx";
import { ErrorBoundary } from "./error-boundary.tsx";
import { Header } from "./header.tsx";
import { KeyboardHelp } from "./keyboard.tsx";
import { type ScreenDefinition, screens } from "./screens.tsx";

const groups = ["Data", "Work", "Millrace"] as const;
const headerHeight = 52;

/** Navigation on the left, the screen beside it. */
export function Layout(): ReactNode {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  const { log, session } = useConsole();
  const screen = pathname.split("/")[1] ?? "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown as code belongs to one page.
  useEffect(() => {
    log.clear();
    close();
  }, [pathname, log]);
  return (
    <AppShell
      header={{ height: headerHeight }}
      navbar={{ width: 216, breakpoint: "sm", collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <AppShell.Header>
        <Group h="100%" px="md" wrap="nowrap" gap="md">
          <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Navigation" />
          <Header />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" component="nav" aria-label="Screens">
        <ScrollArea>
          {groups.map((group) => (
            <Navigation key={group} title={group} current={screen} />
          ))}
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main key={`${session.account} ${session.region}`}>
        <ErrorBoundary key={screen}>
          <Suspense fallback={<Waiting />}>
            <Routes>
              <Route index element={<Navigate to="/flow" replace />} />
              {screens.map(({ path, Screen }) => (
                <Route key={path} path={`${path}/*`} element={<Screen />} />
              ))}
              <Route path="*" element={<EmptyState title="There is no such screen" />} />
            </Routes>
          </Suspense>
        </ErrorBoundary>
      </AppShell.Main>
      <Commands />
      <KeyboardHelp />
    </AppShell>
  );
}

function Waiting(): ReactNode {
  return (
    <Center py={80}>
      <Loader size="sm" />
    </Center>
  );
}

function Navigation({
  title,
  current,
}: {
  readonly title: ScreenDefinition["group"];
  readonly current: string;
}): ReactNode {
  return (
    <>
      <Text size="xs" c="dimmed" fw={600} px="sm" pt="md" pb={4}>
        {title}
      </Text>
      {screens
        .filter(({ group }) => group === title)
        .map(({ path, label, icon: Icon }) => (
          <NavLink
            key={path}
            component={Link}
            to={`/${path}`}
            label={label}
            leftSection={<Icon size={18} stroke={1.6} />}
            active={path === current}
            {...(path === current && { "aria-current": "page" as const })}
          />
        ))}
    </>
  );
}
