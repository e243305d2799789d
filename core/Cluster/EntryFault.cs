namespace Tumbler.Core.Cluster;

/// <summary>What a silo was given that is not its cluster's.</summary>
public enum EntryFault
{
    ClusterId,
    Redis,
}
