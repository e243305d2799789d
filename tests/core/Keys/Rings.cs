using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Core.Tokens;

namespace Tumbler.Core.Tests.Keys;

/// <summary>Rings with real public keys and no private ones: what is tested here is when, not what.</summary>
internal static class Rings
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly PrivateKey Pair = PrivateKey.Generate(JwsAlgorithm.ES256);

    private static readonly PrivateKey[] Others = [.. Enumerable.Range(0, 40).Select(_ => PrivateKey.Generate(JwsAlgorithm.ES256))];

    public static DateTimeOffset At(double hours) => Start + TimeSpan.FromHours(hours);

    public static RingPolicy Policy(PutRing request) =>
        RingPolicyRules.Apply(request, null) is { Succeeded: true } policy
            ? policy.Value!
            : throw new InvalidOperationException("The test's own policy is impossible.");

    public static KeyRing New(RingPolicy? policy = null, DateTimeOffset? now = null)
    {
        var at = now ?? Start;
        return Made(RingCommands.Create(RingId.Default, policy ?? RingPolicy.Default, at), at);
    }

    /// <summary>As a keeper does it: makes the keys, then does what is due.</summary>
    public static KeyRing Made(RingChange change, DateTimeOffset now)
    {
        var commanded = WithKeys(change, now);
        return WithKeys(RingSteps.Tick(commanded, now), now);
    }

    public static KeyRing Made(Result<RingChange> change, DateTimeOffset now) =>
        change.TryGet(out var made, out var refusal) ? Made(made, now) : throw new InvalidOperationException(refusal.Message);

    public static KeyRing Ticked(this KeyRing ring, DateTimeOffset now) => Made(RingChange.None(ring, now), now);

    private static KeyRing WithKeys(RingChange change, DateTimeOffset now) => change.ToMake.Aggregate(
        change.Next, (ring, plan) => ring.Add(plan, Material(ring.LastOrdinal + 1), now));

    /// <summary>The key that an import brings, one of forty.</summary>
    public static KeyMaterial Foreign(int number)
    {
        var kid = new Kid(new Guid(number % Others.Length, 1, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 2));
        return new KeyMaterial(kid, Others[number % Others.Length].PublicJwk(kid), new ProtectedKey(new byte[] { 2 }));
    }

    private static KeyMaterial Material(long ordinal)
    {
        var kid = new Kid(new Guid((int)ordinal, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 1));
        return new KeyMaterial(kid, Pair.PublicJwk(kid), new ProtectedKey(new byte[] { 1 }));
    }
}
