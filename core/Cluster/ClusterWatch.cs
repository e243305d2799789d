namespace Tumbler.Core.Cluster;

/// <summary>Whether the cluster that a silo has entered is still the one. It leaves only what it could enter again: all silos see
/// the same, and if none of them could start, all of them would be gone. A store that is away proves nothing.</summary>
public static class ClusterWatch
{
    /// <param name="mine">The generation it has entered.</param>
    public static ClusterVerdict Judge(string id, Guid database, Guid mine, ClusterSight sight)
    {
        if (sight is not { FromDatabase: { } fromDatabase, FromRedis: { } fromRedis })
            return new ClusterVerdict.Serve(Confirmed: false);
        if (Reason(mine, fromDatabase.Row, fromRedis) is not { } reason)
            return new ClusterVerdict.Serve(Confirmed: true);
        return ClusterEntry.Next(id, database, fromDatabase.Row, fromRedis.Mark) is EntryStep.Refuse refusal
            ? new ClusterVerdict.Endure(refusal.Reason)
            : new ClusterVerdict.Leave(reason);
    }

    private static string? Reason(Guid mine, ClusterRow? row, ClusterSight.Redis redis) => (row, redis) switch
    {
        (null, _) => "the database knows of no cluster any more",
        (_, { Mark: null }) => "Redis has lost its data",
        ({ } known, _) when known.Generation != mine => "it has begun a new generation",
        (_, { Mark: { } mark }) when mark.Generation != mine => "Redis holds another generation",
        (_, { Standing: SiloStanding.Missing }) => "Redis does not list this silo any more",
        (_, { Standing: SiloStanding.Dead }) => "the others have declared this silo dead",
        _ => null,
    };
}
