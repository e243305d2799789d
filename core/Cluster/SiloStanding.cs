namespace Tumbler.Core.Cluster;

/// <summary>What the table of members says about a silo that has entered.</summary>
public enum SiloStanding
{
    Member,
    Missing,
    Dead,
}
