import { RecentMap } from "./recent-map.ts";

/** What a client's `User-Agent` says of it. */
export interface ClientName {
  /** The name that its owner gave it (`AWS_SDK_UA_APP_ID`), else that of the library. */
  readonly name: string;
  /** `Boto3 1.40.1`, `AWS SDK for Java 2.30.0`, or the first product of an unknown user agent. */
  readonly library: string;
}

/** Beginnings of user agents, the more telling ones first: libraries name the SDK that they stand on as well. */
const libraries: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\b(?:amazon-kinesis-client-library-\w+|KinesisClientLib\w*|aws-kinesis-kcl)[/-]?(\d[\w.]*)?/i, "KCL"],
  [/\bKinesisProducerLibrary\/?(\d[\w.]*)?/i, "KPL"],
  [/\b(?:aws-)?kinesis-agent\/?(\d[\w.]*)?/i, "Kinesis Agent"],
  [/\bfluent-bit\S*\/?(\d[\w.]*)?/i, "Fluent Bit"],
  [/\baws-cli\/(\d[\w.]*)/i, "AWS CLI"],
  [/\bBoto3\/(\d[\w.]*)/i, "Boto3"],
  [/\bBotocore\/(\d[\w.]*)/i, "Botocore"],
  [/\baws-sdk-js\/(\d[\w.]*)/i, "AWS SDK for JavaScript"],
  [/\baws-sdk-java\/(\d[\w.]*)/i, "AWS SDK for Java"],
  [/\baws-sdk-go(?:-v2)?\/v?(\d[\w.]*)/i, "AWS SDK for Go"],
  [/\baws-sdk-rust\/(\d[\w.]*)/i, "AWS SDK for Rust"],
  [/\baws-sdk-(?:net|dotnet)\S*\/(\d[\w.]*)/i, "AWS SDK for .NET"],
  [/\baws-sdk-php\/(\d[\w.]*)/i, "AWS SDK for PHP"],
  [/\baws-sdk-ruby3?\/(\d[\w.]*)/i, "AWS SDK for Ruby"],
  [/\baws-sdk-cpp\/(\d[\w.]*)/i, "AWS SDK for C++"],
  [/\baws-sdk-(?:kotlin|swift)\/(\d[\w.]*)/i, "AWS SDK"],
];

/** User agents that are remembered, because each call brings one and they hardly ever differ. */
const maxKnownNames = 1_000;
const maxNameLength = 80;

/** Reads names of clients. */
export class ClientNames {
  readonly #known = new RecentMap<string, ClientName>(maxKnownNames);

  of(userAgent: string | undefined): ClientName {
    if (userAgent === undefined || userAgent === "") return unnamed;
    const known = this.#known.get(userAgent);
    if (known !== undefined) return known;
    const name = clientName(userAgent);
    this.#known.set(userAgent, name);
    return name;
  }
}

const unnamed: ClientName = Object.freeze({ name: "unnamed client", library: "unnamed client" });

function clientName(userAgent: string): ClientName {
  const library = libraryOf(userAgent.slice(0, 1_000));
  const app = /(?:^|\s)app\/([\w!#$%&'*+.^`|~-]{1,50})/.exec(userAgent)?.[1];
  return { name: app ?? library.name, library: library.full };
}

function libraryOf(userAgent: string): { readonly name: string; readonly full: string } {
  for (const [pattern, name] of libraries) {
    const match = pattern.exec(userAgent);
    if (match !== null) return { name, full: match[1] === undefined ? name : `${name} ${match[1]}` };
  }
  const [first = ""] = userAgent.split(/[\s;(]/, 1);
  const [product = "", version] = first.split("/");
  const name = product.slice(0, maxNameLength) || unnamed.name;
  return { name, full: version ? `${name} ${version}`.slice(0, maxNameLength) : name };
}
