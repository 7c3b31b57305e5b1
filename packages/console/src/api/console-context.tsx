import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { ActionLog } from "./action-log.ts";
import { Clients } from "./clients.ts";
import { MillraceApi } from "./millrace.ts";
import { type Session, storeSession } from "./session.ts";

/** What every screen works with. */
export interface ConsoleContext {
  readonly session: Session;
  readonly clients: Clients;
  readonly millrace: MillraceApi;
  readonly log: ActionLog;
  /** `http://127.0.0.1:4566`, as this browser reaches Millrace. */
  readonly endpoint: string;
  /** Another account or region, or other credentials. */
  change(session: Session): void;
  /** Forgets the credentials; the reason is shown if that was not what the user asked for. */
  signOut(reason?: string): void;
}

const Context = createContext<ConsoleContext | undefined>(undefined);

export interface ConsoleProviderProps {
  readonly session: Session;
  readonly onSignOut: (reason?: string) => void;
  readonly children: ReactNode;
}

export function ConsoleProvider(props: ConsoleProviderProps): ReactNode {
  const [session, setSession] = useState(props.session);
  const queries = useQueryClient();
  const { onSignOut } = props;
  const value = useMemo((): ConsoleContext => {
    const endpoint = globalThis.location.origin;
    const log = new ActionLog();
    return {
      session,
      endpoint,
      log,
      clients: new Clients(session, endpoint, log),
      millrace: new MillraceApi(session, endpoint, log),
      change(next) {
        storeSession(sessionStorage, next);
        queries.clear();
        setSession(next);
      },
      signOut(reason) {
        storeSession(sessionStorage, undefined);
        queries.clear();
        onSignOut(reason);
      },
    };
  }, [session, queries, onSignOut]);
  return <Context.Provider value={value}>{props.children}</Context.Provider>;
}

export function useConsole(): ConsoleContext {
  const value = useContext(Context);
  if (value === undefined) throw new Error("useConsole is used outside of ConsoleProvider");
  return value;
}
