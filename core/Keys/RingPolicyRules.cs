using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;

namespace Tumbler.Core.Keys;

/// <summary>Turns a request into a policy, or says everything that is impossible about it and shows the time line
/// that it would lead to.</summary>
public static class RingPolicyRules
{
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromHours(1);
    public static readonly TimeSpan LongestInterval = TimeSpan.FromHours(168);

    /// <summary>A JWKS holds about (lead + validity) / interval keys; verifiers should not have to read a book.</summary>
    public const int MostIntervalsAhead = 24;

    private static readonly TimeSpan DefaultGrace = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestDuration = TimeSpan.FromHours(168 * MostIntervalsAhead);

    /// <summary>The policy that <paramref name="request"/> makes of <paramref name="current"/>, or of the defaults in
    /// a new ring. What is not given and was never chosen follows the interval.</summary>
    public static Result<RingPolicy> Apply(PutRing request, RingPolicy? current)
    {
        var check = new InputCheck();
        var algorithm = Algorithm(check, request.Algorithm) ?? current?.Algorithm ?? RingPolicy.Default.Algorithm;
        var rsaBits = RsaBits(check, request.RsaBits, algorithm, current);
        var interval = check.Duration("interval", request.Interval, ShortestInterval, LongestInterval);
        var validity = check.Duration("validity", request.Validity, TimeSpan.Zero, LongestDuration);
        var lead = check.Duration("lead", request.Lead, TimeSpan.Zero, LongestDuration);
        var lifetime = check.Duration("max_token_lifetime", request.MaxTokenLifetime, TimeSpan.Zero, LongestDuration);
        if (check.Failed)
            return check.Refusal;

        // A changed interval takes the durations that hang on it along, unless the request names them too.
        var kept = interval is null || interval == current?.Interval ? current : null;
        var (newInterval, newValidity) = (interval ?? current?.Interval ?? RingPolicy.Default.Interval, validity ?? kept?.Validity);
        newValidity ??= newInterval + DefaultGrace;
        var longestToken = RingPolicy.LongestToken(newInterval, newValidity.Value);
        var policy = new RingPolicy
        {
            Algorithm = algorithm,
            RsaBits = rsaBits,
            Interval = newInterval,
            Validity = newValidity.Value,
            Lead = lead ?? kept?.Lead ?? newInterval,
            AllowShortLead = request.AllowShortLead ?? current?.AllowShortLead ?? false,
            MaxTokenLifetime = lifetime ?? (validity is null ? kept?.MaxTokenLifetime : null) ?? longestToken,
        };

        CheckTogether(check, policy, longestToken);
        return check.Failed ? check.Refusal : policy;
    }

    private static void CheckTogether(InputCheck check, RingPolicy policy, TimeSpan longestToken)
    {
        if (policy.Validity <= policy.Interval)
            Add("validity", "longer_than_interval", "must be longer than the interval, or tokens outlive their key");
        else if (longestToken < TokenLifetime.Minimum)
            Add("validity", "grace", "must exceed the interval by 5 min of verifier skew and the shortest token");
        else if (policy.MaxTokenLifetime > longestToken || policy.MaxTokenLifetime < TokenLifetime.Minimum)
            Add("max_token_lifetime", "fits_validity",
                $"must be from {Duration.Format(TokenLifetime.Minimum)} to {Duration.Format(longestToken)} (validity - interval - 5 min)");

        if (policy.Lead < RingPolicy.SafeLeadLimit && !policy.AllowShortLead)
            Add("lead", "safe_lead", "must be at least 13 h, because verifiers cache keys for up to 12.6 h; allow_short_lead lifts this");
        if (policy.Lead < RingPolicy.JwksMaxAge + TokenLifetime.VerifierSkew)
            Add("lead", "jwks_max_age", "must be at least 10 min: the JWKS max-age and the verifiers' skew");
        if (policy.Lead > policy.Interval * MostIntervalsAhead)
            Add("lead", "intervals_ahead", $"must be at most {MostIntervalsAhead} intervals");
        if (policy.Validity > policy.Interval * (MostIntervalsAhead + 1))
            Add("validity", "intervals_ahead", $"must be at most {MostIntervalsAhead + 1} intervals");

        void Add(string field, string rule, string rest) =>
            check.Add(field, rule, $"{field} {rest}. Time line of a key: {TimeLine(policy)}.");
    }

    private static string TimeLine(RingPolicy policy) =>
        $"published 0 h, signs {Hours(policy.Lead)} to {Hours(policy.Lead + policy.Interval)}, expires {Hours(policy.Lead + policy.Validity)}";

    private static string Hours(TimeSpan duration) => FormattableString.Invariant($"{duration.TotalHours:0.##} h");

    private static JwsAlgorithm? Algorithm(InputCheck check, string? name) => check.OneOf<JwsAlgorithm>("algorithm", name);

    private static int? RsaBits(InputCheck check, int? requested, JwsAlgorithm algorithm, RingPolicy? current)
    {
        if (algorithm is JwsAlgorithm.ES256 or JwsAlgorithm.ES384 or JwsAlgorithm.ES512)
        {
            if (requested is not null)
                check.Add("rsa_bits", "rsa_only", $"rsa_bits has no meaning with {algorithm}.");
            return null;
        }

        if (requested is not (null or 2048 or 3072 or 4096))
            check.Add("rsa_bits", "one_of", "rsa_bits must be 2048, 3072 or 4096.");
        return requested ?? current?.RsaBits ?? RingPolicy.Default.RsaBits;
    }
}
