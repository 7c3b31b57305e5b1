import { Paper, Text } from "@mantine/core";
import type { ReactNode } from "react";

export interface SettingProps {
  readonly title: string;
  readonly about: string;
  readonly children: ReactNode;
}

export function Setting({ title, about, children }: SettingProps): ReactNode {
  return (
    <Paper withBorder p="sm" component="section" aria-label={title}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {about}
      </Text>
      {children}
    </Paper>
  );
}
