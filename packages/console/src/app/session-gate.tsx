import { Button, Center, Loader, Stack, Text, Title } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from "react";
import { ActionLog } from "../api/action-log.ts";
import { ConsoleProvider } from "../api/console-context.tsx";
import { MillraceApi, MillraceError } from "../api/millrace.ts";
import { type Session, storedSession, storeSession, trustedSession } from "../api/session.ts";
import type { Status } from "../api/status.ts";
import { SessionWatch } from "../screens/sign-in/session-watch.tsx";
import { Layout } from "./layout.tsx";

const SignIn = lazy(async () => ({ default: (await import("../screens/sign-in/index.tsx")).SignIn }));

const firstRegion = "us-east-1";
const anyAccount = "000000000000";

type Gate =
  | { readonly kind: "asking" }
  | { readonly kind: "closed"; readonly reason?: string }
  | { readonly kind: "unreachable"; readonly reason: string }
  | { readonly kind: "open"; readonly session: Session };

/** Lets in whom Millrace lets in: everybody in `trust` mode, else who has signed in. */
export function SessionGate(): ReactNode {
  const [gate, setGate] = useState<Gate>({ kind: "asking" });
  const ask = useCallback(() => void findSession().then(setGate), []);
  useEffect(ask, [ask]);
  const close = useCallback(
    (reason?: string) => setGate({ kind: "closed", ...(reason !== undefined && { reason }) }),
    [],
  );
  if (gate.kind === "open")
    return (
      <ConsoleProvider session={gate.session} onSignOut={close}>
        <SessionWatch />
        <Layout />
      </ConsoleProvider>
    );
  if (gate.kind === "closed")
    return (
      <Suspense>
        <SignIn
          {...(gate.reason !== undefined && { reason: gate.reason })}
          onSession={(session) => {
            storeSession(sessionStorage, session);
            setGate({ kind: "open", session });
          }}
        />
      </Suspense>
    );
  if (gate.kind === "unreachable") return <Unreachable reason={gate.reason} onRetry={ask} />;
  return (
    <Center h="100dvh">
      <Loader size="sm" />
    </Center>
  );
}

function Unreachable({
  reason,
  onRetry,
}: {
  readonly reason: string;
  readonly onRetry: () => void;
}): ReactNode {
  return (
    <Center h="100dvh">
      <Stack align="center">
        <Title order={3}>Millrace does not answer</Title>
        <Text c="dimmed">{reason}</Text>
        <Button onClick={onRetry}>Try again</Button>
      </Stack>
    </Center>
  );
}

/** The kept session if it still opens Millrace, or the one that anybody has in `trust` mode. */
async function findSession(): Promise<Gate> {
  const kept = storedSession(sessionStorage);
  const candidate = kept ?? trustedSession(anyAccount, firstRegion);
  try {
    const api = new MillraceApi(candidate, globalThis.location.origin, new ActionLog());
    const { auth, account } = await api.get<Status>("status");
    if (auth === "verify") return kept === undefined ? { kind: "closed" } : { kind: "open", session: kept };
    return { kind: "open", session: kept?.mode === "trust" ? kept : trustedSession(account, firstRegion) };
  } catch (error) {
    if (error instanceof MillraceError && [401, 403].includes(error.status)) {
      // Who has signed in but may not see the status may still see other things.
      const mayStay = kept !== undefined && kept.mode === "verify" && error.status === 403;
      return mayStay ? { kind: "open", session: kept } : { kind: "closed" };
    }
    return { kind: "unreachable", reason: error instanceof Error ? error.message : String(error) };
  }
}
