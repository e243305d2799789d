using Tumbler.Cli.Demo.Cast;
using Tumbler.Cli.Demo.Reports;
using Tumbler.Cli.Demo.Tally;
using Tumbler.Cli.Demo.Tokens;

namespace Tumbler.Cli.Demo.Acts;

/// <summary>Days of rotation: a client gets tokens all the time and shows them, and an attacker shows bad ones.</summary>
internal sealed class RotationAct(DemoPlan plan, Stage stage, TokenSource tokens, KeyBook keys, IDemoReport report) : IDisposable
{
    /// <summary>The least that is seen of the last key.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromHours(1);

    private readonly Attacker attacker = new(stage, tokens);
    private readonly List<DemoEvent> events = [];

    public async Task<Rotation> Play(CancellationToken stop)
    {
        var (rotation, published) = (Rotation.Nothing, (IReadOnlyList<RingKey>)[]);
        var begin = Now;
        var (end, look, next) = (TimeSpan.FromHours(plan.Hours) + (begin > Afterwards ? begin : Afterwards), begin, begin);
        while (Now < end)
        {
            if (Now >= look)
            {
                published = await Published(stop);
                look = Now + DemoPlan.LookEvery;
            }

            var round = await Play(published, stop);
            rotation = Tell(rotation.With(round, events));
            report.Tell(new DemoEvent.Passed(round));

            // What a stall has left out is not made up for.
            next = Now > next + DemoPlan.RoundEvery ? Now : next + DemoPlan.RoundEvery;
            if (next > Now)
                await Task.Delay(next - Now, stage.Clock, stop);
        }

        return Tell(rotation.Close(int.MaxValue, events));
    }

    public void Dispose() => attacker.Dispose();

    private TimeSpan Now => stage.Clock.GetUtcNow() - keys.Begin;

    private async Task<Round> Play(IReadOnlyList<RingKey> published, CancellationToken stop)
    {
        if (await tokens.Issue(Stage.Audience, stop) is not { } token)
            return new Round(Now, null, published, null, Counts.OneFailed);

        var at = Now;
        var counts = Counts.OneIssued;
        foreach (var party in stage.Parties)
        {
            var accepted = await party.Accepts(token.Text, stop);
            counts += Counts.Of(party.Party, token.WorthUntil(stage.Clock.GetUtcNow(), stage.Clock.Error), accepted);
        }

        var (forgery, outcome) = await attacker.Try(token, stop);
        return new Round(at, await keys.Find(token.Kid, stop), published, forgery, counts + outcome);
    }

    private async Task<IReadOnlyList<RingKey>> Published(CancellationToken stop)
    {
        var published = new List<RingKey>();
        foreach (var kid in await tokens.PublishedKids(stop))
            published.Add(await keys.Find(kid, stop));
        return [.. published.OrderBy(key => key.Number)];
    }

    private Rotation Tell(Rotation rotation)
    {
        events.ForEach(report.Tell);
        events.Clear();
        return rotation;
    }
}
