import {
  ActionIcon,
  Badge,
  Box,
  Button,
  Code,
  CopyButton,
  Drawer,
  Group,
  ScrollArea,
  SegmentedControl,
  Stack,
  Text,
  Tooltip,
} from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { IconCheck, IconCode, IconCopy } from "@tabler/icons-react";
import { type ReactNode, useState, useSyncExternalStore } from "react";
import type { Action, LoggedAction } from "../api/action-log.ts";
import { useConsole } from "../api/console-context.tsx";
import { awsCommand, curlCommand } from "../code/cli.ts";
import { javascriptProgram } from "../code/javascript.ts";
import { pythonProgram } from "../code/python.ts";
import { durationText } from "./format.ts";

const languages = ["CLI", "JavaScript", "Python"] as const;
type Language = (typeof languages)[number];

/** Opens what this screen did, as commands and programs. */
export function CodeButton(): ReactNode {
  const [isOpen, { open, close, toggle }] = useDisclosure(false);
  useHotkeys([["c", toggle]]);
  return (
    <>
      <Tooltip label="What this screen does, as CLI and SDK code (c)">
        <Button variant="default" size="xs" leftSection={<IconCode size={16} />} onClick={open}>
          Code
        </Button>
      </Tooltip>
      <Drawer
        opened={isOpen}
        onClose={close}
        position="right"
        size="xl"
        title="The same from a shell or a program"
      >
        {isOpen && <Actions />}
      </Drawer>
    </>
  );
}

function Actions(): ReactNode {
  const { log } = useConsole();
  const actions = useSyncExternalStore(log.subscribe, log.snapshot);
  const [language, setLanguage] = useState<Language>("CLI");
  return (
    <Stack gap="md">
      <SegmentedControl
        data={[...languages]}
        value={language}
        onChange={(value) => setLanguage(languages.find((known) => known === value) ?? "CLI")}
      />
      {actions.length === 0 && (
        <Text size="sm" c="dimmed">
          This screen has not called anything yet.
        </Text>
      )}
      {actions.map((logged) => (
        <ActionCode key={logged.id} logged={logged} language={language} />
      ))}
    </Stack>
  );
}

function ActionCode({
  logged,
  language,
}: {
  readonly logged: LoggedAction;
  readonly language: Language;
}): ReactNode {
  const { endpoint, session } = useConsole();
  const text = codeOf(logged.action, language, { endpoint, region: session.region });
  const { action, error, durationMs, count } = logged;
  return (
    <Box>
      <Group justify="space-between" mb={4}>
        <Group gap={6}>
          <Text size="sm" fw={600}>
            {action.kind === "aws"
              ? `${action.service} ${action.operation}`
              : `${action.method} ${action.path.replace(/\?.*/, "")}`}
          </Text>
          {count > 1 && (
            <Badge size="xs" variant="light">
              {count} times
            </Badge>
          )}
          {error !== undefined && (
            <Badge size="xs" color="red" variant="light">
              {error}
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {durationMs === undefined ? "running" : durationText(durationMs)}
        </Text>
      </Group>
      <CodeText text={text} />
    </Box>
  );
}

function codeOf(
  action: Action,
  language: Language,
  place: { readonly endpoint: string; readonly region: string },
): string {
  if (action.kind === "millrace") return curlCommand(place.endpoint, action.method, action.path, action.body);
  const { service, operation, input } = action;
  if (language === "CLI") return awsCommand(service, operation, input);
  if (language === "JavaScript") return javascriptProgram(service, operation, input, place);
  return pythonProgram(service, operation, input, place);
}

/** Text of a program or a command, with a button that copies it. */
export function CodeText({ text }: { readonly text: string }): ReactNode {
  return (
    <Box pos="relative">
      <ScrollArea.Autosize mah={320}>
        <Code block pr={40} style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {text}
        </Code>
      </ScrollArea.Autosize>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <ActionIcon
            aria-label="Copy"
            variant="subtle"
            color={copied ? "teal" : "gray"}
            pos="absolute"
            top={6}
            right={6}
            onClick={copy}
          >
            {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          </ActionIcon>
        )}
      </CopyButton>
    </Box>
  );
}
