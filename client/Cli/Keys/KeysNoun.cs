using System.CommandLine;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Rings;
using Tumbler.Contracts.Keys;

namespace Tumbler.Cli.Keys;

internal static class KeysNoun
{
    public static Command Of(Frame frame) => new("keys", "Signing keys of a ring: drawn along time, withdrawn, taken out and brought in.")
    {
        ListKeys.Verb(frame),
        RotateKeys.Verb(frame),
        TaintKey.Verb(frame),
        RevokeKey.Verb(frame),
        ExportKeys.Verb(frame),
        ImportKeys.Verb(frame),
    };

    public static string PathOf(RingId ring) => $"{RingsNoun.PathOf(ring)}/keys";

    public static string PathOf(RingId ring, Kid kid) => $"{PathOf(ring)}/{kid}";

    /// <summary>What of a key is typed to confirm: enough to tell it from the others.</summary>
    public static string NameOf(Kid kid) => kid.ToString()[..8];
}
