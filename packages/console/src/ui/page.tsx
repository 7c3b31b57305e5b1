import { Anchor, Box, Breadcrumbs, Group, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { CodeButton } from "./code-panel.tsx";
import classes from "./page.module.css";

export interface Crumb {
  readonly label: string;
  /** Below the console, such as `/streams`. */
  readonly to: string;
}

export interface PageProps {
  readonly title: string;
  /** Beside the title: a status, a count. */
  readonly badge?: ReactNode;
  /** One line that says what this is. */
  readonly lead?: ReactNode;
  readonly crumbs?: readonly Crumb[];
  /** Buttons on the right. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** The content takes all of the height that is left, and scrolls by itself. */
  readonly fills?: boolean;
}

/** The frame of every screen: where one is, what it is, what one can do, and all of it as code. */
export function Page(props: PageProps): ReactNode {
  useDocumentTitle(`${props.title} · Millrace`);
  const { crumbs = [] } = props;
  return (
    <Stack gap="md" className={props.fills === true ? classes["fills"] : undefined}>
      <Group justify="space-between" align="center" wrap="nowrap">
        <Box miw={0}>
          {crumbs.length > 0 && (
            <Breadcrumbs separatorMargin={6} mb={2}>
              {crumbs.map(({ label, to }) => (
                <Anchor key={to} component={Link} to={to} size="sm" c="dimmed">
                  {label}
                </Anchor>
              ))}
            </Breadcrumbs>
          )}
          <Group gap="sm" wrap="nowrap">
            <Title order={1} size="h3" className={classes["title"] ?? ""}>
              {props.title}
            </Title>
            {props.badge}
          </Group>
          {props.lead !== undefined && (
            <Text size="sm" c="dimmed">
              {props.lead}
            </Text>
          )}
        </Box>
        <Group gap="xs" wrap="nowrap">
          {props.actions}
          <CodeButton />
        </Group>
      </Group>
      <Box className={props.fills === true ? classes["content"] : undefined}>{props.children}</Box>
    </Stack>
  );
}
