using Tumbler.Cli.Commands;

namespace Tumbler.Cli.Keys;

internal static class RevokeKey
{
    public static Verb Verb(Frame frame) => Withdrawal.Verb(
        frame, "revoke", "Revokes a key: gone from the JWKS, and every token signed by it is refused. If it was signing, another one signs at once.",
        (kid, ring) => $"Key {kid} of ring {ring} will be revoked, and every token signed by it refused.",
        "tumbler keys revoke 0b6a1f0e-6d0b-4c57-9f0e-2f5b7a1c9d3e --reason \"key leaked\"",
        "tumbler keys revoke 0b6a1f0e-6d0b-4c57-9f0e-2f5b7a1c9d3e --yes --json");
}
