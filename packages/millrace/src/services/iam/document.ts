/** What is kept of IAM, one document an entity. Documents are replaced, never changed. */

type Tags = Readonly<Record<string, string>>;

/** What policies hang on: a user, a group or a role. */
export interface PolicyHolder {
  readonly name: string;
  readonly path: string;
  /** AIDA..., AGPA... or AROA...: never given to anything else afterwards. */
  readonly id: string;
  readonly createdMs: number;
  /** Inline policies, as they were sent, by name. */
  readonly inline: Readonly<Record<string, string>>;
  /** ARNs of managed policies. */
  readonly attached: readonly string[];
}

export interface UserDocument extends PolicyHolder {
  readonly tags: Tags;
  /** ARN of the policy that limits the user. */
  readonly boundary?: string;
  /** Ids of groups, which may be renamed. */
  readonly groups: readonly string[];
}

export type GroupDocument = PolicyHolder;

export interface RoleDocument extends PolicyHolder {
  readonly tags: Tags;
  readonly boundary?: string;
  readonly description: string;
  /** The trust policy, as it was sent. */
  readonly trust: string;
  readonly maxSessionSeconds: number;
  /** The service that owns a service-linked role: `kafka.amazonaws.com`. */
  readonly linkedService?: string;
}

export interface PolicyVersionDocument {
  /** `v1` */
  readonly id: string;
  readonly document: string;
  readonly createdMs: number;
}

/** A customer managed policy. */
export interface ManagedPolicyDocument {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly description: string;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly tags: Tags;
  readonly versions: readonly PolicyVersionDocument[];
  readonly defaultVersion: string;
  /** Versions are numbered on even when earlier ones were deleted. */
  readonly nextVersion: number;
}

export interface ProfileDocument {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly createdMs: number;
  readonly tags: Tags;
  /** Ids of roles; AWS allows one. */
  readonly roles: readonly string[];
}

/** An OpenID Connect provider. */
export interface ProviderDocument {
  /** As it was sent: `https://host/path`. */
  readonly url: string;
  readonly createdMs: number;
  readonly tags: Tags;
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
}

export interface AccessKeyDocument {
  readonly id: string;
  readonly userId: string;
  readonly status: "Active" | "Inactive";
  readonly createdMs: number;
  /** The secret, sealed by the master key, in base64. */
  readonly secret: string;
}

export interface AccountDocument {
  readonly alias?: string;
  readonly passwordPolicy?: PasswordPolicyDocument;
}

export interface PasswordPolicyDocument {
  readonly minLength: number;
  readonly requireSymbols: boolean;
  readonly requireNumbers: boolean;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly allowUsersToChange: boolean;
  readonly maxAgeDays?: number;
  readonly reusePrevention?: number;
  readonly hardExpiry?: boolean;
}

/** A user's password for signing in, under the user's id. */
export interface LoginDocument {
  readonly userId: string;
  readonly createdMs: number;
  /** When the password was set. */
  readonly changedMs: number;
  /** A password of the user's own has to be set at the next sign-in. */
  readonly resetRequired: boolean;
  /** See `passwords.ts`. */
  readonly password: string;
  /** Passwords up to now, this one first. */
  readonly earlier: readonly string[];
}

/** The collections of the store, and what lies in them. */
export interface Collections {
  readonly users: UserDocument;
  readonly groups: GroupDocument;
  readonly roles: RoleDocument;
  readonly policies: ManagedPolicyDocument;
  readonly profiles: ProfileDocument;
  readonly providers: ProviderDocument;
  readonly keys: AccessKeyDocument;
  readonly accounts: AccountDocument;
  readonly logins: LoginDocument;
}

export type CollectionName = keyof Collections;
