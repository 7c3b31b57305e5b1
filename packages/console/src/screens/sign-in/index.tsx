import {
  Alert,
  Anchor,
  Box,
  Button,
  Center,
  Group,
  Paper,
  PasswordInput,
  Stack,
  Tabs,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { type FormEvent, type ReactNode, useState } from "react";
import type { Session } from "../../api/session.ts";
import { Mark } from "../../app/mark.tsx";
import { hintOf, signInWithKey, signInWithPassword } from "./sign-in-calls.ts";

export interface SignInProps {
  /** Why somebody who was in is not any more. */
  readonly reason?: string;
  readonly onSession: (session: Session) => void;
}

const firstRegion = "us-east-1";

/** The way in where Millrace checks who calls. What is typed here lives as long as the tab. */
export function SignIn({ reason, onSession }: SignInProps): ReactNode {
  useDocumentTitle("Sign in · Millrace");
  return (
    <Center mih="100dvh" p="md" component="main">
      <Stack w="100%" maw={400} gap="lg">
        <Group justify="center" gap="sm">
          <Mark />
          <Title order={1} size="h3">
            Sign in to Millrace
          </Title>
        </Group>
        {reason !== undefined && <Alert color="yellow">{reason}</Alert>}
        <Paper withBorder p="lg">
          <Tabs defaultValue="key" keepMounted={false}>
            <Tabs.List grow mb="md">
              <Tabs.Tab value="key">Access key</Tabs.Tab>
              <Tabs.Tab value="password">Password</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="key">
              <KeyForm onSession={onSession} />
            </Tabs.Panel>
            <Tabs.Panel value="password">
              <PasswordForm onSession={onSession} />
            </Tabs.Panel>
          </Tabs>
        </Paper>
        <Text size="xs" c="dimmed" ta="center">
          You see what your IAM policies allow. The credentials are forgotten when the tab is closed.
        </Text>
      </Stack>
    </Center>
  );
}

interface Attempt {
  readonly isBusy: boolean;
  readonly error: Error | undefined;
  readonly run: (event: FormEvent, attempt: () => Promise<Session>) => void;
}

function useAttempt(onSession: (session: Session) => void): Attempt {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<Error | undefined>(undefined);
  const run = async (attempt: () => Promise<Session>): Promise<void> => {
    setIsBusy(true);
    setError(undefined);
    try {
      onSession(await attempt());
    } catch (reason) {
      setError(reason instanceof Error ? reason : new Error(String(reason)));
      setIsBusy(false);
    }
  };
  return {
    isBusy,
    error,
    run(event, attempt) {
      event.preventDefault();
      void run(attempt);
    },
  };
}

function Failure({ error }: { readonly error: Error | undefined }): ReactNode {
  if (error === undefined) return undefined;
  const hint = hintOf(error.name);
  return (
    <Alert color="red" title={error.name} role="alert">
      {error.message}
      {hint !== undefined && (
        <Text size="sm" mt={4}>
          {hint}
        </Text>
      )}
    </Alert>
  );
}

interface FormProps {
  readonly onSession: (session: Session) => void;
}

function KeyForm({ onSession }: FormProps): ReactNode {
  const { isBusy, error, run } = useAttempt(onSession);
  const [input, setInput] = useState({
    accessKeyId: "",
    secretAccessKey: "",
    sessionToken: "",
    region: firstRegion,
  });
  const [isTemporary, setIsTemporary] = useState(false);
  return (
    <form onSubmit={(event) => run(event, () => signInWithKey(input, globalThis.location.origin))}>
      <Stack gap="sm">
        <Failure error={error} />
        <TextInput
          required
          data-autofocus
          label="Access key ID"
          autoComplete="off"
          spellCheck={false}
          value={input.accessKeyId}
          onChange={(event) => setInput({ ...input, accessKeyId: event.currentTarget.value.trim() })}
        />
        <PasswordInput
          required
          label="Secret access key"
          autoComplete="off"
          value={input.secretAccessKey}
          onChange={(event) => setInput({ ...input, secretAccessKey: event.currentTarget.value.trim() })}
        />
        {isTemporary ? (
          <PasswordInput
            label="Session token"
            autoComplete="off"
            value={input.sessionToken}
            onChange={(event) => setInput({ ...input, sessionToken: event.currentTarget.value.trim() })}
          />
        ) : (
          <Box>
            <Anchor component="button" type="button" size="xs" onClick={() => setIsTemporary(true)}>
              These are temporary credentials, with a session token
            </Anchor>
          </Box>
        )}
        <RegionInput region={input.region} onChange={(region) => setInput({ ...input, region })} />
        <Button type="submit" loading={isBusy} fullWidth mt="xs">
          Sign in
        </Button>
        <Text size="xs" c="dimmed">
          The root's key was shown when Millrace was first started.
        </Text>
      </Stack>
    </form>
  );
}

function PasswordForm({ onSession }: FormProps): ReactNode {
  const { isBusy, error, run } = useAttempt(onSession);
  const [input, setInput] = useState({
    account: "",
    user: "",
    password: "",
    newPassword: "",
    region: firstRegion,
  });
  const needsNew = error?.name === "NewPasswordRequired" || input.newPassword !== "";
  return (
    <form onSubmit={(event) => run(event, () => signInWithPassword(input, globalThis.location.origin))}>
      <Stack gap="sm">
        <Failure error={error?.name === "NewPasswordRequired" ? undefined : error} />
        <TextInput
          label="Account"
          description="12 digits or an alias; Millrace's own when empty"
          autoComplete="organization"
          value={input.account}
          onChange={(event) => setInput({ ...input, account: event.currentTarget.value.trim() })}
        />
        <TextInput
          required
          label="User"
          autoComplete="username"
          value={input.user}
          onChange={(event) => setInput({ ...input, user: event.currentTarget.value.trim() })}
        />
        <PasswordInput
          required
          label="Password"
          autoComplete="current-password"
          value={input.password}
          onChange={(event) => setInput({ ...input, password: event.currentTarget.value })}
        />
        {needsNew && (
          <PasswordInput
            required
            label="New password"
            description="You have to set another one"
            autoComplete="new-password"
            value={input.newPassword}
            onChange={(event) => setInput({ ...input, newPassword: event.currentTarget.value })}
          />
        )}
        <RegionInput region={input.region} onChange={(region) => setInput({ ...input, region })} />
        <Button type="submit" loading={isBusy} fullWidth mt="xs">
          Sign in
        </Button>
      </Stack>
    </form>
  );
}

interface RegionInputProps {
  readonly region: string;
  readonly onChange: (region: string) => void;
}

function RegionInput({ region, onChange }: RegionInputProps): ReactNode {
  return (
    <TextInput
      required
      label="Region"
      autoComplete="off"
      pattern="[a-z]{2}(-[a-z]+)+-[0-9]"
      value={region}
      onChange={(event) => onChange(event.currentTarget.value.trim())}
    />
  );
}
