import { expect, it } from "vitest";
import { masked } from "./masked.ts";

it("hides passwords wherever they are, and nothing else", () => {
  const Data = new Uint8Array([1]);
  const At = new Date(0);
  const input = {
    UserName: "jo",
    Password: "x",
    PasswordResetRequired: true,
    MasterUserPassword: "y",
    ConnectionInput: { ConnectionProperties: { USERNAME: "jo", PASSWORD: "z" } },
    Records: [{ Data, SecretString: "s" }],
    At,
  };
  expect(masked(input)).toEqual({
    UserName: "jo",
    Password: "********",
    PasswordResetRequired: true,
    MasterUserPassword: "********",
    ConnectionInput: { ConnectionProperties: { USERNAME: "jo", PASSWORD: "********" } },
    Records: [{ Data, SecretString: "********" }],
    At,
  });
  expect(input.Password).toBe("x");
});
