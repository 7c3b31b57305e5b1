import type {
  EncryptionAlgorithmSpec,
  KeySpec,
  KeyUsageType,
  MacAlgorithmSpec,
  SigningAlgorithmSpec,
} from "@aws-sdk/client-kms";

/** What a key of a spec is made of, and what it can do. */
export interface SpecFacts {
  readonly family: "symmetric" | "hmac" | "rsa" | "ec" | "ed25519" | "mldsa" | "mlkem";
  readonly usages: readonly KeyUsageType[];
  readonly encryption: readonly EncryptionAlgorithmSpec[];
  readonly signing: readonly SigningAlgorithmSpec[];
  readonly mac: readonly MacAlgorithmSpec[];
  /** Bits of an RSA modulus, bytes of a symmetric key. */
  readonly size: number;
  /** The curve or the parameter set, by OpenSSL's name. */
  readonly curve: string;
}

const none: SpecFacts = {
  family: "symmetric",
  usages: [],
  encryption: [],
  signing: [],
  mac: [],
  size: 0,
  curve: "",
};

const rsa = (bits: number): SpecFacts => ({
  ...none,
  family: "rsa",
  usages: ["ENCRYPT_DECRYPT", "SIGN_VERIFY"],
  encryption: ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"],
  signing: [
    "RSASSA_PKCS1_V1_5_SHA_256",
    "RSASSA_PKCS1_V1_5_SHA_384",
    "RSASSA_PKCS1_V1_5_SHA_512",
    "RSASSA_PSS_SHA_256",
    "RSASSA_PSS_SHA_384",
    "RSASSA_PSS_SHA_512",
  ],
  size: bits,
});

const nist = (curve: string, algorithm: SigningAlgorithmSpec): SpecFacts => ({
  ...none,
  family: "ec",
  usages: ["SIGN_VERIFY", "KEY_AGREEMENT"],
  signing: [algorithm],
  curve,
});

const hmac = (bytes: number, algorithm: MacAlgorithmSpec): SpecFacts => ({
  ...none,
  family: "hmac",
  usages: ["GENERATE_VERIFY_MAC"],
  mac: [algorithm],
  size: bytes,
});

const mldsa = (curve: string): SpecFacts => ({
  ...none,
  family: "mldsa",
  usages: ["SIGN_VERIFY"],
  signing: ["ML_DSA_SHAKE_256"],
  curve,
});

const mlkem = (curve: string): SpecFacts => ({
  ...none,
  family: "mlkem",
  usages: ["ENCAPSULATE_DECAPSULATE"],
  curve,
});

const specs: Readonly<Partial<Record<KeySpec, SpecFacts>>> = {
  SYMMETRIC_DEFAULT: {
    ...none,
    usages: ["ENCRYPT_DECRYPT"],
    encryption: ["SYMMETRIC_DEFAULT"],
    size: 32,
  },
  RSA_2048: rsa(2048),
  RSA_3072: rsa(3072),
  RSA_4096: rsa(4096),
  ECC_NIST_P256: nist("prime256v1", "ECDSA_SHA_256"),
  ECC_NIST_P384: nist("secp384r1", "ECDSA_SHA_384"),
  ECC_NIST_P521: nist("secp521r1", "ECDSA_SHA_512"),
  ECC_SECG_P256K1: { ...nist("secp256k1", "ECDSA_SHA_256"), usages: ["SIGN_VERIFY"] },
  // OpenSSL signs with Ed25519 as such only, not with its prehashed variant.
  ECC_NIST_EDWARDS25519: {
    ...none,
    family: "ed25519",
    usages: ["SIGN_VERIFY"],
    signing: ["ED25519_SHA_512"],
    curve: "ed25519",
  },
  HMAC_224: hmac(28, "HMAC_SHA_224"),
  HMAC_256: hmac(32, "HMAC_SHA_256"),
  HMAC_384: hmac(48, "HMAC_SHA_384"),
  HMAC_512: hmac(64, "HMAC_SHA_512"),
  ML_DSA_44: mldsa("ml-dsa-44"),
  ML_DSA_65: mldsa("ml-dsa-65"),
  ML_DSA_87: mldsa("ml-dsa-87"),
  ML_KEM_512: mlkem("ml-kem-512"),
  ML_KEM_768: mlkem("ml-kem-768"),
  ML_KEM_1024: mlkem("ml-kem-1024"),
};

/** Undefined for SM2, which AWS has in China only and OpenSSL's key interface here does not have. */
export function specFacts(spec: KeySpec): SpecFacts | undefined {
  return specs[spec];
}

/** Whether a key of this family is a pair with a public half. */
export function isAsymmetric({ family }: SpecFacts): boolean {
  return family !== "symmetric" && family !== "hmac";
}
