using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Keys;

/// <summary>Takes the steps that the schedule asks for.</summary>
public static class RingSteps
{
    /// <summary>What a tick changes: everything due at <paramref name="now"/>.</summary>
    public static RingChange Tick(KeyRing ring, DateTimeOffset now)
    {
        var steps = KeySchedule.Due(ring, now);
        var change = RingChange.None(ring, now) with { ToMake = [.. steps.OfType<KeyStep.Make>().Select(step => step.Plan)] };
        return steps.Aggregate(change, (soFar, step) => Take(soFar, step, now));
    }

    private static RingChange Take(RingChange change, KeyStep step, DateTimeOffset now)
    {
        var ring = change.Next;
        switch (step)
        {
            case KeyStep.DestroyPrivate { Successor: var successor } destroy:
                return change with
                {
                    Next = ring.Replace(ring.Find(destroy.Kid)!.WithoutPrivateKey(now)),
                    Audit =
                    [
                        .. change.Audit,
                        RingAudit.Key(successor is null ? AuditAction.Delete : AuditAction.Rotate, destroy.Kid,
                            ("material", "destroyed"), ("successor", successor?.ToString())),
                    ],
                };

            case KeyStep.Forget forget:
                var key = ring.Find(forget.Kid)!;
                return change with
                {
                    Next = ring with
                    {
                        Keys = ring.Keys.Remove(key),
                        ForgottenSigners = ring.ForgottenSigners + (key.HasSignedBy(now) ? 1 : 0),
                    },
                    Audit = [.. change.Audit, RingAudit.Key(AuditAction.Delete, forget.Kid, ("metadata", "kept in this log only"))],
                };

            default:
                return change;
        }
    }
}
