using System.Collections.Concurrent;
using Tumbler.Cli.Demo.Cast;
using Tumbler.Cli.Demo.Reports;
using Tumbler.Cli.Demo.Tally;
using Tumbler.Cli.Demo.Tokens;

namespace Tumbler.Cli.Demo.Acts;

/// <summary>The key that signs is revoked, and everybody is shown one of its tokens again and again.</summary>
internal sealed class EmergencyAct(Stage stage, AdminApi admin, TokenSource tokens, KeyBook keys, IDemoReport report, TimeProvider clock)
{
    private static readonly TimeSpan ShowEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>Longer than was promised, to tell late from never.</summary>
    private static readonly TimeSpan Patience = DemoPlan.RevocationLimit * 2;

    /// <summary>After the first refusal, to see that it stays so.</summary>
    private const int ShownOnceMore = 25;

    private const int GoodOnes = 25;

    private readonly Lock telling = new();

    public async Task<Emergency> Play(CancellationToken stop)
    {
        var leaked = await Issue(stop);
        var good = await Ready(leaked, stop);

        var asked = clock.GetTimestamp();
        var successor = await admin.RevokeKey(leaked.Kid, stop);
        var emergency = new Emergency(await keys.Find(leaked.Kid, stop), await keys.Find(successor, stop));
        report.Tell(new DemoEvent.Revoked(emergency.Revoked, emergency.Successor));

        var showings = new ConcurrentQueue<Showing>();
        await Task.WhenAll(stage.Parties.Select(party => Show(party, leaked, asked, showings, stop)));
        for (var i = 0; i < GoodOnes; i++)
            good += await ShowGood(await Issue(stop), stop);
        return emergency with { Showings = [.. showings.OrderBy(showing => showing.After)], Good = good };
    }

    /// <summary>Waits until both follow the kill list and say yes to the token: only then does a no mean something.</summary>
    private async Task<Counts> Ready(IssuedToken token, CancellationToken stop)
    {
        var (began, rejects) = (clock.GetTimestamp(), 0L);
        while (true)
        {
            var counts = await ShowGood(token, stop);
            rejects += counts.FalseRejects;
            if (counts.Accepted == stage.Parties.Count || clock.GetElapsedTime(began) > Patience)
                return counts with { FalseRejects = rejects };
            await Task.Delay(ShowEvery, clock, stop);
        }
    }

    private async Task Show(IParty party, IssuedToken token, long asked, ConcurrentQueue<Showing> showings, CancellationToken stop)
    {
        var left = ShownOnceMore;
        while (left > 0 && clock.GetElapsedTime(asked) < Patience)
        {
            if (await party.Accepts(token.Text, stop) is { } accepted)
            {
                var showing = new Showing(party.Party, clock.GetElapsedTime(asked), accepted);
                showings.Enqueue(showing);
                if (!accepted && left-- == ShownOnceMore)
                {
                    lock (telling)
                        report.Tell(new DemoEvent.Refused(party.Party, showing.After));
                }
            }

            await Task.Delay(ShowEvery, clock, stop);
        }
    }

    private async Task<Counts> ShowGood(IssuedToken token, CancellationToken stop)
    {
        var counts = default(Counts);
        foreach (var party in stage.Parties)
        {
            var accepted = await party.Accepts(token.Text, stop);
            counts += Counts.Of(party.Party, token.WorthUntil(stage.Clock.GetUtcNow(), stage.Clock.Error), accepted);
        }

        return counts;
    }

    private async Task<IssuedToken> Issue(CancellationToken stop) =>
        await tokens.Issue(Stage.Audience, stop) ?? throw new HttpRequestException("The demo's server gives no tokens.");
}
