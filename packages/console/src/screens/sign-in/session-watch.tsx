import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useConsole } from "../../api/console-context.tsx";
import { endReason, isSessionEnd } from "./session-end.ts";

/** Leads back to the sign-in when the credentials have expired or were taken away. */
export function SessionWatch(): undefined {
  const queries = useQueryClient();
  const { session, signOut } = useConsole();
  const { mode } = session;
  useEffect(() => {
    if (mode !== "verify") return;
    const look = (error: unknown): void => {
      if (error instanceof Error && isSessionEnd(error)) signOut(endReason(error));
    };
    const stops = [
      queries.getQueryCache().subscribe(({ query }) => look(query.state.error)),
      queries.getMutationCache().subscribe(({ mutation }) => look(mutation?.state.error)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [queries, mode, signOut]);
  return undefined;
}
