using System.Globalization;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests.Watching;

/// <summary>A day of rotation, or a week of it in the long form, on a clock that runs 3,600 times faster, then a rotation by hand of every kind; all of it seen by
/// a verifier and a service that never rest.</summary>
public sealed class DaysOfRotation(StoryRun run) : IAsyncLifetime
{
    private const double ClockRate = 3600;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public const string Audience = "https://invoices.example";

    /// <summary>How many rotations by the clock there were.</summary>
    public static readonly int Days = StoryRun.Long ? 7 : 1;

    public string Issuer { get; private set; } = "";

    public IReadOnlyCollection<Token> Tokens { get; private set; } = [];

    internal IReadOnlyCollection<JwksCopy> Copies { get; private set; } = [];

    /// <summary>When the first key began to sign.</summary>
    public DateTimeOffset Begin { get; private set; }

    /// <summary>When the days of undisturbed rotation were over.</summary>
    public DateTimeOffset End { get; private set; }

    /// <summary>The status at that time.</summary>
    internal RingStatus Status { get; private set; } = null!;

    /// <summary>The keys at that time, in the order of their turns.</summary>
    internal IReadOnlyList<RingKey> KeysByClock { get; private set; } = [];

    internal HandRotation Graceful { get; private set; } = null!;

    internal HandRotation Immediate { get; private set; } = null!;

    /// <summary>The key that signed when it was revoked.</summary>
    public string Leaked { get; private set; } = "";

    internal HandRotation Emergency { get; private set; } = null!;

    /// <summary>All keys at the very end, in the order of their turns.</summary>
    internal IReadOnlyList<RingKey> Keys { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        using var home = new SiloHome(run, "days");
        await using var silo = await home.Start("--Development:ClockRate", ClockRate.ToString(CultureInfo.InvariantCulture));
        Issuer = home.Issuer;
        await silo.Admin.CreateOrganization("acme");
        var client = await silo.Admin.CreateApiKey("acme", Audience);
        await using var watch = new RingWatch(
            silo, client, ClockRate, pollEvery: TimeSpan.FromMinutes(10), askEvery: TimeSpan.FromMinutes(3));

        Begin = (await KeysInTurn(silo))[0].ActivatesAt;
        await watch.Reach(silo, Begin + TimeSpan.FromDays(Days) + TimeSpan.FromMinutes(50), Patience);
        KeysByClock = await KeysInTurn(silo);
        Status = await silo.Admin.Status();
        End = await silo.Now();

        Graceful = await HandRotation.Of(silo, admin => admin.Trigger("graceful"));
        await watch.Reach(silo, Graceful.EffectiveAt + TimeSpan.FromMinutes(30), Patience);
        Immediate = await HandRotation.Of(silo, admin => admin.Trigger("immediate"));
        await watch.Reach(silo, Immediate.Answered + TimeSpan.FromMinutes(30), Patience);
        Leaked = (await silo.Admin.Status()).SigningKid!;
        Emergency = await HandRotation.Of(silo, admin => admin.RevokeKey("default", Leaked));
        await watch.Reach(silo, Emergency.Answered + TimeSpan.FromHours(1), Patience);

        await watch.Stop();
        Keys = await KeysInTurn(silo);
        (Tokens, Copies) = (watch.Tokens, watch.Copies);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<IReadOnlyList<RingKey>> KeysInTurn(SiloProcess silo) =>
        [.. (await silo.Admin.Keys("default")).OrderBy(key => (key.ActivatesAt, key.RotationCount))];
}
