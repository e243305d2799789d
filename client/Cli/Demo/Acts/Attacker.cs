using Tumbler.Cli.Demo.Cast;
using Tumbler.Cli.Demo.Tally;
using Tumbler.Cli.Demo.Tokens;

namespace Tumbler.Cli.Demo.Acts;

/// <summary>Shows bad tokens, one kind after the other.</summary>
internal sealed class Attacker(Stage stage, TokenSource tokens) : IDisposable
{
    private static readonly Forgery[] Kinds = Enum.GetValues<Forgery>();

    private readonly Forger forger = new();
    private int turn;
    private IssuedToken? kept;

    /// <returns>Null for the kind when there was nothing to show yet.</returns>
    public async Task<(Forgery? Shown, Counts Counts)> Try(IssuedToken good, CancellationToken stop)
    {
        var forgery = Kinds[turn++ % Kinds.Length];
        if (await Make(forgery, good, stop) is not { } bad)
            return (null, default);

        var counts = default(Counts);
        foreach (var party in stage.Parties)
        {
            // A key that nobody knows makes a verifier fetch the key set; the demo's is to live on the one it has kept.
            if (forgery != Forgery.UnknownKey || party.Party != Party.Verifier)
                counts += Counts.Of(party.Party, Worth.Bad, await party.Accepts(bad, stop));
        }

        return (forgery, counts);
    }

    public void Dispose() => forger.Dispose();

    private async Task<string?> Make(Forgery forgery, IssuedToken good, CancellationToken stop) => forgery switch
    {
        Forgery.OtherAudience => (await tokens.Issue(Stage.OtherAudience, stop))?.Text,
        Forgery.Expired => Expired(good),
        _ => forger.Forge(forgery, good),
    };

    /// <summary>One that was kept until it was over.</summary>
    private string? Expired(IssuedToken good)
    {
        kept ??= good;
        if (!kept.IsOver(stage.Clock.GetUtcNow(), stage.Clock.Error))
            return null;
        var old = kept;
        kept = good;
        return old.Text;
    }
}
