using Tumbler.Contracts.Keys;

namespace Tumbler.Api.Keys;

/// <summary>A <see cref="RotationAnswer"/> as it goes over the wire: the status's members and <c>effective_at</c>, flat.</summary>
internal sealed record RotationView(
    RingId Ring,
    Kid? SigningKid,
    double? SigningKeyAgeSeconds,
    int ActiveKeys,
    long RotationCount,
    DateTimeOffset? NextTransitionAt,
    double? HoursUntilNextTransition,
    LastRotation? LastRotation,
    string? LastFailure,
    DateTimeOffset EffectiveAt)
{
    public static RotationView Of(RotationAnswer answer)
    {
        var status = answer.Status;
        return new RotationView(
            status.Ring,
            status.SigningKid,
            status.SigningKeyAgeSeconds,
            status.ActiveKeys,
            status.RotationCount,
            status.NextTransitionAt,
            status.HoursUntilNextTransition,
            status.LastRotation,
            status.LastFailure,
            answer.EffectiveAt);
    }
}
