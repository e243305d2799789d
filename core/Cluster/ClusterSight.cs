namespace Tumbler.Core.Cluster;

/// <summary>What a running silo sees of its cluster. A store that does not answer is a null of the whole, not of what is in it.</summary>
public sealed record ClusterSight(ClusterSight.Database? FromDatabase, ClusterSight.Redis? FromRedis)
{
    public sealed record Database(ClusterRow? Row);

    public sealed record Redis(RedisMark? Mark, SiloStanding Standing);
}
