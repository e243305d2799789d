using Tumbler.Cli.Demo.Reports;
using Tumbler.Cli.Demo.Tally;
using Tumbler.Cli.Demo.Tokens;

namespace Tumbler.Cli.Tests.Demo;

/// <summary>What a demo may have seen of a ring by the book: a switch every 24 hours.</summary>
internal static class Seen
{
    public static RingKey Key(int number) => new(
        number, $"{number}0a1b2c3-0000-4000-8000-000000000000",
        TimeSpan.FromHours(Math.Max(0, 24 * (number - 2))), TimeSpan.FromHours(24 * (number - 1)), TimeSpan.FromHours(24 * number), TimeSpan.FromHours(24 * number + 1));

    /// <param name="signer">The number of the key by which the token was; its successor is published, and its predecessor for an hour.</param>
    public static Round Round(double hour, int signer, Counts? counts = null, Forgery? forgery = null) => new(
        TimeSpan.FromHours(hour), Key(signer),
        [.. Enumerable.Range(1, signer + 1).Select(Key).Where(key => key.ExpiresAt > TimeSpan.FromHours(hour))],
        forgery, counts ?? new Counts { Issued = 1, Verified = 1, Served = 1, Refused = 2 });

    /// <summary>Every ten minutes of so many hours, each kind of forgery in turn.</summary>
    public static IEnumerable<Round> Rounds(int hours) => Enumerable.Range(0, hours * 6).Select(i =>
        Round(i / 6.0, 1 + i / 144, forgery: (Forgery)(i % Enum.GetValues<Forgery>().Length)));

    public static (Rotation Rotation, IReadOnlyList<DemoEvent> Events) Watch(IEnumerable<Round> rounds)
    {
        var events = new List<DemoEvent>();
        var rotation = rounds.Aggregate(Rotation.Nothing, (soFar, round) =>
        {
            var next = soFar.With(round, events);
            events.Add(new DemoEvent.Passed(round));
            return next;
        });
        return (rotation.Close(int.MaxValue, events), events);
    }
}
