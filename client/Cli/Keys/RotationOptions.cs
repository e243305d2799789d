using System.CommandLine;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Rings;
using Tumbler.Cli.Servers;
using Tumbler.Contracts.Keys;

namespace Tumbler.Cli.Keys;

/// <summary>How signing passes on; a ring is rotated under both nouns.</summary>
internal sealed class RotationOptions
{
    public Option<string?> Mode { get; } = Words.OneOf(
        "--mode", "As soon as every caching verifier knows the next key [default], or now.", "graceful", "immediate");

    public Option<string?> Reason { get; } = Words.Reason();

    public Task<int> Rotate(RingId ring, ParseResult words, Session session, CancellationToken stop) => session.Show(
        session.Server.Send(
            HttpMethod.Post, $"{RingsNoun.PathOf(ring)}/rotate", new RotateRing(words.GetValue(Mode), words.GetValue(Reason)),
            CliJson.Default.RotateRing, CliJson.Default.RotationView, stop),
        RotationView.Draw);
}
