"""KMS with boto3, and the AWS Encryption SDK on top of it, both as they come."""

import hashlib
import json
import sys

import aws_encryption_sdk
import boto3
import botocore.session
from aws_encryption_sdk.exceptions import DecryptKeyError
from botocore.config import Config
from botocore.exceptions import ClientError
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding

url = sys.argv[1]
session = botocore.session.get_session()
session.set_credentials("test", "test")
session.set_config_variable("region", "us-east-1")
boto = boto3.Session(botocore_session=session)
kms = boto.client("kms", endpoint_url=url, config=Config(retries={"max_attempts": 0}))


def refusal(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "none"


def encryption():
    key = kms.create_key(Description="boto3")["KeyMetadata"]
    kms.create_alias(AliasName="alias/python", TargetKeyId=key["KeyId"])
    context = {"table": "orders"}
    blob = kms.encrypt(KeyId="alias/python", Plaintext=b"secret", EncryptionContext=context)["CiphertextBlob"]
    opened = kms.decrypt(CiphertextBlob=blob, EncryptionContext=context)
    return {
        "opened": opened["Plaintext"] == b"secret",
        "by": opened["KeyId"] == key["Arn"],
        "wrong context": refusal(kms.decrypt, CiphertextBlob=blob),
        "no such key": refusal(kms.encrypt, KeyId="alias/none", Plaintext=b"x"),
        "dry run": refusal(kms.encrypt, KeyId=key["KeyId"], Plaintext=b"x", DryRun=True),
        "too long": refusal(kms.encrypt, KeyId=key["KeyId"], Plaintext=b"x" * 4097),
        "listed": [a["AliasName"] for a in kms.get_paginator("list_aliases").paginate().build_full_result()["Aliases"]],
    }


def signatures():
    """What KMS signs, another library verifies."""
    message = b"what is signed"
    outcome = {}
    for spec, algorithm, digest in (
        ("ECC_NIST_P256", "ECDSA_SHA_256", hashlib.sha256),
        ("ECC_SECG_P256K1", "ECDSA_SHA_256", hashlib.sha256),
        ("RSA_2048", "RSASSA_PSS_SHA_256", hashlib.sha256),
    ):
        key_id = kms.create_key(KeySpec=spec, KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
        public = serialization.load_der_public_key(kms.get_public_key(KeyId=key_id)["PublicKey"])
        for kind, given in (("RAW", message), ("DIGEST", digest(message).digest())):
            signed = kms.sign(KeyId=key_id, Message=given, MessageType=kind, SigningAlgorithm=algorithm)
            if spec.startswith("ECC"):
                public.verify(signed["Signature"], message, ec.ECDSA(hashes.SHA256()))
            else:
                pss = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)
                public.verify(signed["Signature"], message, pss, hashes.SHA256())
            outcome[f"{spec} {kind}"] = True
    return outcome


def envelopes():
    """The Encryption SDK: data keys from GenerateDataKey, a second one from Encrypt, both opened by Decrypt."""
    client = aws_encryption_sdk.EncryptionSDKClient()
    arns = [kms.create_key()["KeyMetadata"]["Arn"] for _ in range(2)]
    keys = aws_encryption_sdk.StrictAwsKmsMasterKeyProvider(key_ids=arns, botocore_session=session)
    text = b"a long text " * 10_000
    context = {"purpose": "test"}
    sealed, _ = client.encrypt(source=text, key_provider=keys, encryption_context=context)
    opened, header = client.decrypt(source=sealed, key_provider=keys)
    kms.disable_key(KeyId=arns[0])
    second, _ = client.decrypt(source=sealed, key_provider=keys)
    kms.disable_key(KeyId=arns[1])
    try:
        client.decrypt(source=sealed, key_provider=keys)
        refused = False
    except DecryptKeyError:
        refused = True
    return {
        "opened": opened == text,
        "context": header.encryption_context.get("purpose"),
        "by the second key": second == text,
        "refused when both are disabled": refused,
    }


print(json.dumps({"encryption": encryption(), "signatures": signatures(), "envelopes": envelopes()}))
