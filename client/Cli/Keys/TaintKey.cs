using Tumbler.Cli.Commands;

namespace Tumbler.Cli.Keys;

internal static class TaintKey
{
    public static Verb Verb(Frame frame) => Withdrawal.Verb(
        frame, "taint", "Stops a key from signing, at once; what it has signed is still accepted.",
        (kid, ring) => $"Key {kid} of ring {ring} will not sign any more.",
        "tumbler keys taint 0b6a1f0e-6d0b-4c57-9f0e-2f5b7a1c9d3e --reason \"backup was lost\"",
        "tumbler keys taint 0b6a1f0e-6d0b-4c57-9f0e-2f5b7a1c9d3e --ring payments --yes");
}
