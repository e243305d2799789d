using System.CommandLine;
using Tumbler.Cli.Commands;
using Tumbler.Contracts.Keys;

namespace Tumbler.Cli.Rings;

internal static class RingsNoun
{
    public const string Path = "/api/v1/admin/rings";

    public static Command Of(Frame frame) => new("rings", "Key rings: each owns the signing keys of one issuer.")
    {
        ListRings.Verb(frame),
        ShowRing.Verb(frame),
        PutRings.Verb(frame),
        RotateRings.Verb(frame),
        RevokeRing.Verb(frame),
    };

    public static string PathOf(RingId ring) => $"{Path}/{ring}";
}
