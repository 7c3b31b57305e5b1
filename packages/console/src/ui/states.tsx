import { Alert, Box, Center, Loader, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconTool } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { CodeText } from "./code-panel.tsx";

export interface EmptyStateProps {
  readonly title: string;
  readonly children?: ReactNode;
  /** What makes the first one. */
  readonly command?: string;
  readonly action?: ReactNode;
}

/** Nothing is here yet, and how that changes. */
export function EmptyState({ title, children, command, action }: EmptyStateProps): ReactNode {
  return (
    <Center py={60}>
      <Stack align="center" gap="sm" maw={640} w="100%">
        <Title order={4}>{title}</Title>
        {children !== undefined && (
          <Text c="dimmed" ta="center" component="div">
            {children}
          </Text>
        )}
        {command !== undefined && (
          <Box w="100%">
            <CodeText text={command} />
          </Box>
        )}
        {action}
      </Stack>
    </Center>
  );
}

/** An error in the words of whoever answered it; what is not there yet is no alarm. */
export function ErrorAlert({ error }: { readonly error: Error }): ReactNode {
  const isMissing = error.name === "NotImplemented";
  return (
    <Alert
      color={isMissing ? "blue" : "red"}
      icon={isMissing ? <IconTool /> : <IconAlertTriangle />}
      title={isMissing ? "Not there yet" : error.name}
    >
      {error.message}
    </Alert>
  );
}

export interface LoadedProps<T> {
  readonly of: UseQueryResult<T, Error>;
  readonly children: (data: T) => ReactNode;
}

/** Shows what was read; before that, that it is being read; and if it failed, why. */
export function Loaded<T>({ of, children }: LoadedProps<T>): ReactNode {
  if (of.data !== undefined)
    return (
      <>
        {of.error !== null && <ErrorAlert error={of.error} />}
        {children(of.data)}
      </>
    );
  if (of.error !== null) return <ErrorAlert error={of.error} />;
  return (
    <Center py={60}>
      <Loader size="sm" />
    </Center>
  );
}
