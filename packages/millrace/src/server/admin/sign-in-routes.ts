import { ServiceError } from "../../core/errors.ts";
import type { HttpResponse } from "../../gateway/http.ts";
import type { SignIn, SignInOutcome } from "../../services/iam/sign-in.ts";
import type { Identities } from "../open-identities.ts";
import { AttemptLimiter } from "./attempt-limiter.ts";
import type { AdminContext } from "./context.ts";
import { type AdminRequest, type AdminRoute, answer, badRequest, jsonBody } from "./route.ts";

/** A password takes 32 MiB to check; more at once have to come again. */
const maxChecksAtOnce = 4;
const sessionMs = 12 * 60 * 60 * 1_000;
const maxBodyBytes = 4 * 1024;

/** `POST sign-in`: a user's password for temporary credentials of the user, as STS makes them. */
export function signInRoutes(context: AdminContext): readonly AdminRoute[] {
  const desk = new SignInDesk(context);
  return [
    {
      method: "POST",
      pattern: "sign-in",
      action: "public",
      body: { maxBytes: maxBodyBytes },
      run: (request) => desk.serve(request),
    },
  ];
}

class SignInDesk {
  readonly #context: AdminContext;
  readonly #limiter: AttemptLimiter;
  #checks = 0;

  constructor(context: AdminContext) {
    this.#context = context;
    this.#limiter = new AttemptLimiter(context.networkClock);
  }

  async serve(request: AdminRequest): Promise<HttpResponse> {
    const asked = signInOf(request, this.#context.configuration.account);
    const name = `${asked.account}/${asked.user.toLowerCase()}`;
    const address = `from ${request.remoteAddress}`;
    if (this.#checks >= maxChecksAtOnce) throw tooMany(1_000);
    const waitMs = this.#limiter.begin([name, address]);
    if (waitMs > 0) throw tooMany(waitMs);
    const outcome = await this.#decide(asked);
    if (outcome.kind === "wrong") {
      this.#context.log.warn(
        { account: asked.account, remoteAddress: request.remoteAddress },
        "a sign-in was refused",
      );
      throw new ServiceError("SignInFailed", "Account, user name or password are not right.", {
        status: 401,
      });
    }
    this.#limiter.succeed(name, [address]);
    if (outcome.kind === "signedIn") return await this.#credentials(outcome);
    throw outcome.kind === "over"
      ? new ServiceError(
          "PasswordExpired",
          "The password has expired: an administrator has to set another one.",
          {
            status: 403,
          },
        )
      : new ServiceError("NewPasswordRequired", "A new password has to be set: send it as newPassword.", {
          status: 403,
        });
  }

  async #decide(asked: SignIn): Promise<SignInOutcome> {
    this.#checks++;
    try {
      const { signIn } = await import("../../services/iam/sign-in.ts");
      const { state } = await this.#identities();
      return await signIn(state, asked);
    } finally {
      this.#checks--;
    }
  }

  async #credentials({ owner, user }: SignInOutcome & { kind: "signedIn" }): Promise<HttpResponse> {
    const { sessions } = await this.#identities();
    const session = { issuedAtMs: this.#context.clock.now(), tags: {}, transitiveTagKeys: [] };
    const issued = sessions.issue({ ...owner, session }, sessionMs);
    return answer({
      account: owner.account,
      user,
      arn: owner.arn,
      credentials: {
        accessKeyId: issued.accessKeyId,
        secretAccessKey: issued.secretKey,
        sessionToken: issued.sessionToken,
        expiration: issued.expiresAtMs,
      },
    });
  }

  async #identities(): Promise<Identities> {
    return await (await import("../open-identities.ts")).openIdentities(this.#context);
  }
}

function signInOf(request: AdminRequest, ownAccount: string): SignIn {
  const { account = ownAccount, user, password, newPassword } = jsonBody(request);
  const isText = (value: unknown, maxChars: number): value is string =>
    typeof value === "string" && value.length > 0 && value.length <= maxChars;
  if (!isText(account, 63) || !isText(user, 64) || !isText(password, 128))
    throw badRequest("account, user and password must be texts.");
  if (newPassword !== undefined && !isText(newPassword, 128)) throw badRequest("newPassword must be a text.");
  return { account, user, password, newPassword };
}

function tooMany(waitMs: number): ServiceError {
  const seconds = Math.ceil(waitMs / 1_000);
  return new ServiceError("TooManyAttempts", `Too many attempts: try again in ${seconds} s.`, {
    status: 429,
    headers: { "retry-after": String(seconds) },
  });
}
