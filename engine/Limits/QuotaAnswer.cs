using Tumbler.Contracts.Limits;

namespace Tumbler.Engine.Limits;

/// <param name="Limit">Per window.</param>
/// <param name="Remaining">What is left of it, as far as it is known here: other silos spend too.</param>
/// <param name="Reset">When the window is over; who was refused tries again then.</param>
public readonly record struct QuotaAnswer(bool Allowed, int Limit, int Remaining, TimeSpan Reset)
{
    /// <summary>For answers to those who are limited. Whoever waits that many whole seconds waits no less than needed.</summary>
    public QuotaState State => new(Limit, Remaining, Math.Max(1, (int)Math.Ceiling(Reset.TotalSeconds)));
}
