namespace Tumbler.Bench.Tests.Micro;

/// <summary>What has become dearer than approved. What has become cheaper is said, too: else the next to make it dearer again could
/// do so unseen.</summary>
internal static class CostComparison
{
    public static IEnumerable<string> Problems(CostList approved, CostList counted, CostKind kind)
    {
        var (before, now) = (approved.Counts[kind], counted.Counts[kind]);
        var slack = Slack(kind, SameLibraries(approved, counted));
        foreach (var name in before.Keys.Union(now.Keys))
        {
            if (!before.TryGetValue(name, out var expected))
                yield return $"{kind} of {name}: {now[name]}, and nothing is approved";
            else if (!now.TryGetValue(name, out var is_))
                yield return $"{kind} of {name}: {expected} are approved, and it was not counted";
            else if (Math.Abs(is_ - expected) > expected * slack + Least(kind))
                yield return $"{kind} of {name}: {is_}, and {expected} are approved (more or less by {slack * 100:0.#} %)";
        }
    }

    /// <summary>Why they can't be compared here, or null.</summary>
    public static string? Incomparable(CostList approved, CostList counted, CostKind kind)
    {
        if (counted.Uncounted.TryGetValue(kind, out var why))
            return why;
        var (theirs, ours) = (approved.With["processor"], counted.With["processor"]);
        return kind == CostKind.Instructions && theirs != ours
            ? $"libraries choose their code by the processor; counted were instructions of {theirs}, and this is {ours}"
            : null;
    }

    private static bool SameLibraries(CostList approved, CostList counted) =>
        (approved.With["runtime"], approved.With["openssl"]) == (counted.With["runtime"], counted.With["openssl"]);

    /// <summary>Operations allocate the same each time; a server does something else now and then. With another .NET or OpenSSL than the approved ones were counted
    /// with, what is theirs may have changed.</summary>
    private static double Slack(CostKind kind, bool sameLibraries) => (kind, sameLibraries) switch
    {
        (CostKind.Bytes, true) => 0.005,
        (CostKind.Bytes, false) => 0.10,
        (CostKind.Instructions, true) => 0.10,
        (CostKind.Instructions, false) => 0.25,
        (_, true) => 0.05,
        (_, false) => 0.15,
    };

    /// <summary>Of a small count any slack in percent would be too little. Of bytes it is less than the smallest object has, which is 24.</summary>
    private static int Least(CostKind kind) => kind switch
    {
        CostKind.Bytes => 16,
        CostKind.Instructions => 50,
        _ => 32,
    };
}
