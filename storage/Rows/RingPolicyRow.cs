using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;

namespace Tumbler.Storage.Rows;

internal sealed record RingPolicyRow(
    JwsAlgorithm Algorithm,
    int? RsaBits,
    TimeSpan Interval,
    TimeSpan Validity,
    TimeSpan Lead,
    bool AllowShortLead,
    TimeSpan MaxTokenLifetime)
{
    public static RingPolicyRow Of(RingPolicy policy) => new(
        policy.Algorithm, policy.RsaBits, policy.Interval, policy.Validity, policy.Lead, policy.AllowShortLead,
        policy.MaxTokenLifetime);

    // Not checked again: rules that tighten must not make yesterday's rings unreadable.
    public RingPolicy ToPolicy() => RingPolicy.Default with
    {
        Algorithm = Algorithm,
        RsaBits = RsaBits,
        Interval = Interval,
        Validity = Validity,
        Lead = Lead,
        AllowShortLead = AllowShortLead,
        MaxTokenLifetime = MaxTokenLifetime,
    };
}
