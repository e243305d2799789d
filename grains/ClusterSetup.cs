using System.Net;
using StackExchange.Redis;
using Tumbler.Engine.Store;
using Tumbler.Grains.Members;

namespace Tumbler.Grains;

/// <summary>What a silo of the cluster works with, beside what every engine does.</summary>
public sealed record ClusterSetup
{
    /// <summary>Silos with the same id, Redis and database form one cluster.</summary>
    public required string Id { get; init; }

    /// <summary>Names this silo in answers and logs, across its restarts.</summary>
    public required string SiloName { get; init; }

    /// <summary>Where the other silos reach this one.</summary>
    public required IPEndPoint Endpoint { get; init; }

    /// <summary>Who is a member, and the reminders. It outlives the silo.</summary>
    public required IConnectionMultiplexer Redis { get; init; }

    /// <summary>Which cluster the database belongs to.</summary>
    public required IClusterRows Rows { get; init; }

    /// <summary>What the silo has entered; silos of another one are no members of its cluster.</summary>
    public required Guid Generation { get; init; }

    /// <summary>How many silos there should be, for who watches over them; null where nobody has said.</summary>
    public int? ExpectedSilos { get; init; }

    /// <summary>Null where silos talk over the loopback interface only.</summary>
    public ISiloCertificates? Certificates { get; init; }

    /// <summary>Whether Orleans' own dashboard is there to be mapped. It profiles every call, and shows no trace of the log.</summary>
    public bool Dashboard { get; init; }
}
