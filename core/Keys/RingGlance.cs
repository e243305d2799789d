using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Keys;

/// <summary>What a ring comes to at an instant, for those who watch many of them.</summary>
/// <param name="Active">How many keys verifiers accept.</param>
/// <param name="Signs">Whether a key signs.</param>
/// <param name="Hurried">Whether the key that signs, or one that will, was published too late for verifiers that cache.</param>
/// <param name="SignsUntil">When signing ends if no key is made any more: the end of the last key that follows the one that signs
/// without a gap. In the past when none signs.</param>
/// <param name="Lead">The policy's.</param>
public readonly record struct RingGlance(int Active, bool Signs, bool Hurried, DateTimeOffset SignsUntil, TimeSpan Lead)
{
    public static RingGlance Of(KeyRing ring, DateTimeOffset now)
    {
        var active = ring.Keys.Count(key => key.IsPublishedAt(now));
        if (ring.SignerAt(now) is not { } tail)
            return new RingGlance(active, Signs: false, Hurried: false, DateTimeOffset.MinValue, ring.Policy.Lead);
        var hurried = tail.Origin == KeyOrigin.Hurried;
        foreach (var next in ring.UpcomingAt(now))
        {
            if (next.SignsFrom > tail.LastSignatureAt)
                break;
            tail = next;
            hurried |= next.Origin == KeyOrigin.Hurried;
        }

        return new RingGlance(active, Signs: true, hurried, tail.SignsUntil, ring.Policy.Lead);
    }

    /// <summary>For how long keys are there. The schedule makes the next one before it falls to the lead.</summary>
    public TimeSpan LeftAt(DateTimeOffset now) => SignsUntil > now ? SignsUntil - now : TimeSpan.Zero;

    /// <summary>The same in leads. Below 1 the next key should have been published by now, and is not there.</summary>
    public double LeadsLeftAt(DateTimeOffset now) => LeftAt(now) / Lead;
}
