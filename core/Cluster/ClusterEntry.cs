namespace Tumbler.Core.Cluster;

/// <summary>Whether a silo may enter the cluster that its settings name, and what is missing for it. The database is the
/// authority; a generation goes into Redis first, then into the database, then it is confirmed in Redis. Dying between any
/// two of them leaves what the next start goes on with.</summary>
public static class ClusterEntry
{
    /// <param name="id">Of the cluster, as the settings have it.</param>
    /// <param name="database">Which database it is.</param>
    /// <param name="row">Null when it has never had a cluster.</param>
    /// <param name="mark">Null when Redis is new or has lost its data.</param>
    public static EntryStep Next(string id, Guid database, ClusterRow? row, RedisMark? mark)
    {
        if (row is not null && row.Id != id)
            return new EntryStep.Refuse(EntryFault.ClusterId, $"is '{id}', but the database belongs to cluster '{row.Id}'");
        if (mark is null)
            return row is { IsRunning: true } ? Elsewhere : new EntryStep.Propose();
        if (mark.Database != database)
            return new EntryStep.Refuse(EntryFault.Redis, $"this Redis belongs to the cluster '{id}' of another database");
        if (row is null)
            return new EntryStep.Found(mark.Generation);
        if (row.Generation == mark.Generation)
            return mark.Proposed ? new EntryStep.Confirm() : new EntryStep.Enter(mark.Generation);
        if (mark.Proposed)
            return row.IsRunning ? Elsewhere : new EntryStep.Succeed(row.Generation, mark.Generation);

        // One of two is from a backup or was left behind. Which one is right nobody can tell here.
        return new EntryStep.Refuse(
            EntryFault.Redis,
            $"this Redis holds generation {mark.Generation} of the cluster '{id}', and the database {row.Generation}: one of them is "
            + "an old one. If the database is right and no silo uses this Redis, delete the generation's key in it");
    }

    private static EntryStep.Wait Elsewhere => new("this Redis is empty, and the cluster runs on another one");
}
