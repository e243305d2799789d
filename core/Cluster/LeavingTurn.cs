namespace Tumbler.Core.Cluster;

/// <summary>When a silo leaves a cluster that is over for all: one after the other, so that somebody serves all the while.</summary>
public static class LeavingTurn
{
    /// <summary>What ending, starting and waiting for the old generation to be silent takes, doubled.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="silo">Its name.</param>
    /// <param name="members">The names of all silos that were members when it was over.</param>
    /// <param name="mine">The generation that is over.</param>
    /// <param name="row">Null when the database knows none or does not answer.</param>
    /// <param name="waited">Since it was over.</param>
    public static bool HasCome(string silo, IEnumerable<string> members, Guid mine, ClusterRow? row, TimeSpan waited)
    {
        var before = members.Where(name => string.CompareOrdinal(name, silo) < 0).Distinct(StringComparer.Ordinal).ToArray();
        return waited >= Patience * before.Length
            || row is not null && row.Generation != mine && before.All(name => row.Serving.Contains(name, StringComparer.Ordinal));
    }
}
