using System.Collections.Immutable;
using Tumbler.Cli.Demo.Reports;
using Tumbler.Cli.Demo.Tokens;

namespace Tumbler.Cli.Demo.Tally;

/// <summary>What was seen of the rotation so far, from outside: in the headers of tokens and in the JWKS.</summary>
internal sealed record Rotation
{
    public static readonly Rotation Nothing = new();

    public Counts Counts { get; private init; }

    public ImmutableList<Switch> Switches { get; private init; } = [];

    public ImmutableHashSet<Forgery> Forgeries { get; private init; } = [];

    /// <summary>The hour that is not over yet.</summary>
    public HourRow? Open { get; private init; }

    private RingKey? Signer { get; init; }

    /// <summary>When each key was first seen in the JWKS; null for those of the first look, which had been there before.</summary>
    private ImmutableDictionary<string, TimeSpan?> Seen { get; init; } = ImmutableDictionary<string, TimeSpan?>.Empty;

    /// <summary>With one round more.</summary>
    /// <param name="events">What there is to tell about it, in order.</param>
    public Rotation With(Round round, ICollection<DemoEvent> events)
    {
        var next = Look(round);
        var hour = (int)round.At.TotalHours;
        if (round.Signer is { } signer && Signer is { } before && signer.Kid != before.Kid)
        {
            // A clock that is a second behind may see the switch before its hour.
            hour = Math.Max(hour, (int)signer.SignsFrom.TotalHours);
            var change = new Switch(before, signer, next.Seen.GetValueOrDefault(signer.Kid) is { } seen ? signer.SignsFrom - seen : null);
            next = next.Close(hour, events) with { Switches = Switches.Add(change) };
            events.Add(new DemoEvent.Switched(change));
        }

        hour = Math.Max(hour, next.Open?.Hour ?? 0);
        next = next.Close(hour, events);
        var open = next.Open ?? new HourRow(hour, round.Signer, round.Published, default);
        return next with
        {
            Counts = Counts + round.Counts,
            Signer = round.Signer ?? Signer,
            Forgeries = round.Forgery is { } forgery ? Forgeries.Add(forgery) : Forgeries,
            Open = open with { Signer = round.Signer ?? open.Signer, Published = round.Published, Counts = open.Counts + round.Counts },
        };
    }

    /// <summary>Ends the open hour if <paramref name="hour"/> is a later one.</summary>
    public Rotation Close(int hour, ICollection<DemoEvent> events)
    {
        if (Open is null || Open.Hour >= hour)
            return this;
        events.Add(new DemoEvent.HourPassed(Open));
        return this with { Open = null };
    }

    private Rotation Look(Round round) => this with
    {
        Seen = round.Published.Where(key => !Seen.ContainsKey(key.Kid)).Aggregate(
            Seen, (seen, key) => seen.Add(key.Kid, Seen.IsEmpty ? null : round.At)),
    };
}
