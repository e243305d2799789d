namespace Tumbler.Stories.Tests.Cluster;

internal enum LinkState
{
    Whole,

    /// <summary>What is sent does not arrive, and nobody says so.</summary>
    Silent,

    /// <summary>Connections are reset, new ones are refused.</summary>
    Refusing,
}
