using System.Diagnostics.Metrics;
using Tumbler.Contracts.Input;
using Tumbler.Core.Tokens;
using Tumbler.Engine.Metrics;

namespace Tumbler.Engine.Tokens;

/// <summary>What was found of the tokens that were looked at, since the start.</summary>
public sealed class VerdictTally
{
    private static readonly KeyValuePair<string, object?>[] Outcomes =
        [.. Enum.GetValues<TokenFault>().Select(fault => Names.SnakeCase(fault)).Append("valid").Select(name => KeyValuePair.Create(MetricNames.Outcome, (object?)name))];

    private readonly long[] counts = new long[Outcomes.Length];

    public long Total => Enumerable.Range(0, counts.Length).Sum(n => Interlocked.Read(ref counts[n]));

    public void Add(in TokenVerdict verdict) => Interlocked.Increment(ref counts[verdict.TryGet(out _, out var fault) ? ^1 : (int)fault.Value]);

    /// <summary>Of what has happened.</summary>
    public IEnumerable<Measurement<long>> Measurements() =>
        Outcomes.Select((outcome, n) => new Measurement<long>(Interlocked.Read(ref counts[n]), outcome)).Where(each => each.Value > 0);
}
