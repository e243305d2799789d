using System.CommandLine;
using Tumbler.Cli.Commands;

namespace Tumbler.Cli.Rings;

/// <summary>Key rings: each owns the signing keys of one issuer.</summary>
internal static class RingsNoun
{
    public const string Path = "/api/v1/admin/rings";

    public static Command Of(Frame frame) => new("rings", "Key rings: each owns the signing keys of one issuer.")
    {
        ListRings.Verb(frame),
    };
}
