using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Core.Revocations;
using Tumbler.Core.Tokens;
using static Tumbler.Core.Tests.Keys.Rings;

namespace Tumbler.Core.Tests.Keys;

/// <summary>A ring's life under a list of random steps, and what an outside observer saw of it. A step is two numbers;
/// each becomes something possible in the present state, so that every list is a history and shrinks well.</summary>
internal sealed class RingHistory
{
    private static readonly RingPolicy[] Policies =
    [
        RingPolicy.Default,
        Policy(new PutRing(Algorithm: "ES256", Interval: "168h")),
        Policy(new PutRing(Interval: "1h", Lead: "13h")),
        Policy(new PutRing(Interval: "6h", Validity: "30h", AllowShortLead: true)),
        Policy(new PutRing(Interval: "24h", Lead: "13h")),
        Policy(new PutRing(Interval: "2h", Lead: "30m", AllowShortLead: true, MaxTokenLifetime: "1m")),
    ];

    private readonly Dictionary<Kid, DateTimeOffset> visibleFrom = [];
    private readonly Dictionary<Kid, TimeSpan> promisedLead = [];

    public KeyRing Ring { get; private set; } = null!;

    /// <summary>What was saved before the last step.</summary>
    public KeyRing Before { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; } = Start;

    /// <summary>The last thing that happened was a tick that was saved.</summary>
    public bool JustTicked { get; private set; }

    /// <summary>Which key signed right before an immediate rotation, if that was the last thing that happened.</summary>
    public Kid? RotatedAwayFrom { get; private set; }

    public List<(SigningKey Key, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)> Tokens { get; } = [];

    public HashSet<Kid> Revoked { get; } = [];

    /// <summary>What every save has told everybody.</summary>
    public RevocationFeed Feed { get; private set; } = RevocationFeed.Empty;

    public static RingHistory Begun()
    {
        var history = new RingHistory();
        history.Save(New());
        history.JustTicked = true;
        return history;
    }

    public void Step(int kind, int amount)
    {
        (JustTicked, RotatedAwayFrom) = (false, null);
        switch (kind % 18)
        {
            case 0 or 1 or 2: Advance(TimeSpan.FromMinutes(amount % 180)); break;
            case 3: Advance(TimeSpan.FromHours(amount % 30)); break;
            case 4: Advance(TimeSpan.FromDays(amount % 12)); break;
            case 5: Advance(TimeSpan.FromSeconds(amount % 90)); break;
            case 6: ClockJumpsBack(amount); break;
            case 7: Command(ring => RingCommands.Rotate(ring, RotationMode.Graceful, null, Now)); break;
            case 8: RotateNow(); break;
            case 9: Withdraw(amount, RingCommands.Taint); break;
            case 10: Withdraw(amount, RingCommands.Revoke); break;
            case 11 when amount % 4 == 0: Command(ring => RingCommands.RevokeAll(ring, null, Now)); break;
            case 12: Command(ring => RingCommands.ChangePolicy(ring, Policies[amount % Policies.Length], Now)); break;
            case 13: LoseTheSave(); break;
            case 14: Import(amount); break;
            case 15 when amount % 2 == 0: Lose(amount); break;
            default: Tick(); break;
        }

        Issue();
    }

    /// <summary>Since when every verifier could have known the key, and how long before its first signature that was promised.</summary>
    public (DateTimeOffset VisibleFrom, TimeSpan Lead) Promise(Kid kid) => (visibleFrom[kid], promisedLead[kid]);

    private void Advance(TimeSpan time) => Now += time;

    /// <summary>Tokens of the time that was taken back are not valid yet; they are not this property's business.</summary>
    private void ClockJumpsBack(int amount)
    {
        Now -= amount % 3 == 0 ? TimeSpan.FromHours(amount % 60) : TimeSpan.FromSeconds(amount % 300);
        Tokens.RemoveAll(token => token.IssuedAt > Now);
    }

    private void Tick()
    {
        Save(Ring.Ticked(Now));
        JustTicked = true;
    }

    /// <summary>Two nodes decide at the same moment; one save wins, the other's is a conflict and decided again.</summary>
    private void LoseTheSave()
    {
        _ = Ring.Ticked(Now);
        Tick();
        Tick();
    }

    private void Withdraw(int amount, Func<KeyRing, Kid, string?, DateTimeOffset, Contracts.Calls.Result<RingChange>> withdraw)
    {
        var key = Ring.Keys[^(1 + amount % Math.Min(4, Ring.Keys.Length))];
        Command(ring => withdraw(ring, key.Kid, null, Now).TryGet(out var change, out _) ? change : RingChange.None(ring, Now));
    }

    /// <summary>To sign or to verify only, for an hour or for a month.</summary>
    private void Import(int amount) => Command(ring =>
    {
        var (signs, days) = (amount % 2 == 0, amount % 3 == 0 ? (amount % 60) + 0.04 : (double?)null);
        var key = new ImportedKey(Foreign(amount / 6), signs, days is null && signs ? null : Now.AddDays(days ?? 0.04));
        return KeyTransfer.Import(ring, key, Now).TryGet(out var change, out _) ? change : RingChange.None(ring, Now);
    });

    /// <summary>The stored private half of some key turns out to be damaged.</summary>
    private void Lose(int amount)
    {
        var key = Ring.Keys[^(1 + amount % Math.Min(4, Ring.Keys.Length))];
        Command(ring => RingCommands.Discard(ring, new Dictionary<Kid, string> { [key.Kid] = "damaged" }, Now));
    }

    private void RotateNow()
    {
        Kid? before = null;
        Command(ring =>
        {
            before = ring.SignerAt(Now)?.Kid;
            return RingCommands.Rotate(ring, RotationMode.Immediate, null, Now);
        });
        RotatedAwayFrom = before;
    }

    /// <summary>As the engine does it: first what the clock asks for, then what people ask for.</summary>
    private void Command(Func<KeyRing, RingChange> decide)
    {
        Tick();
        Save(Made(decide(Ring), Now));
        JustTicked = true;
    }

    private void Issue()
    {
        if (Ring.SignerAt(Now) is { } signer
            && TokenLifetime.At(Now, TimeSpan.FromSeconds(30 + (Now.UtcTicks / TimeSpan.TicksPerSecond % 3270)), signer.ExpiresAt) is { } life)
        {
            Tokens.Add((signer, life.IssuedAt, life.ExpiresAt));
        }

        Tokens.RemoveAll(token => token.ExpiresAt <= Now);
    }

    private void Save(KeyRing next)
    {
        next = next with { Quiet = KeySchedule.QuietAfter(next, Now) };
        foreach (var key in next.Keys)
        {
            var published = key.PublishedAt > Now ? key.PublishedAt : Now;
            if (!visibleFrom.TryGetValue(key.Kid, out var known) || published < known)
                visibleFrom[key.Kid] = published;
            if (!promisedLead.ContainsKey(key.Kid) || Ring?.Find(key.Kid)?.SignsFrom != key.SignsFrom)
                promisedLead[key.Kid] = key.Origin == KeyOrigin.Graceful ? next.Policy.SafeLead : next.Policy.Lead;
            if (key.RevokedAt is not null)
                Revoked.Add(key.Kid);
        }

        Feed = Feed.With(NewRevocations.Between(Ring, next));
        (Before, Ring) = (Ring ?? next, next);
    }
}
