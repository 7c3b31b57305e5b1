import type { ReactNode } from "react";
import type { Session } from "../../api/session.ts";

export interface SignInProps {
  readonly onSession: (session: Session) => void;
}

export function SignIn(_props: SignInProps): ReactNode {
  return "Sign in";
}
