using Tumbler.Contracts.Cluster;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Protection;

namespace Tumbler.Cli.Doctor;

/// <summary>What was seen of a set-up, from outside. What is null was not to be had; why stands in another fact.</summary>
/// <param name="Server">The address as the caller gave it, and as clients use it.</param>
/// <param name="Now">By the caller's clock, when the server was asked.</param>
internal sealed record Facts(Uri Server, DateTimeOffset Now)
{
    /// <summary>Why nothing answers; null when something did.</summary>
    public string? Unreachable { get; init; }

    public CertificateFacts? Certificate { get; init; }

    public ClockFacts? Clock { get; init; }

    /// <summary>Whether answers over TLS tell browsers to stay with it.</summary>
    public bool HasHsts { get; init; }

    public DiscoveryFacts? Discovery { get; init; }

    public KeySetFacts? KeySet { get; init; }

    public ReadinessFacts? Readiness { get; init; }

    public CredentialFacts Credential { get; init; } = CredentialFacts.None;

    public ClusterView? Cluster { get; init; }

    /// <summary>The first page of them, the default ring among them or not.</summary>
    public IReadOnlyList<RingView> Rings { get; init; } = [];

    public bool MoreRings { get; init; }

    /// <summary>The default ring's, newest first.</summary>
    public IReadOnlyList<KeyView> Keys { get; init; } = [];

    public ProtectionView? Protection { get; init; }

    /// <summary><c>development</c> or <c>production</c>.</summary>
    public string? Environment { get; init; }
}
