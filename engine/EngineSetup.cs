using System.Collections.Frozen;
using System.Security.Cryptography.X509Certificates;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Limits;
using Tumbler.Core.Addresses;
using Tumbler.Core.Audit;
using Tumbler.Core.Tokens;
using Tumbler.Core.Clients;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Migration;
using Tumbler.Engine.Protection;
using Tumbler.Engine.Store;

namespace Tumbler.Engine;

/// <summary>What an engine works with. The secrets are held by types that show nothing of them.</summary>
public sealed record EngineSetup
{
    public required IStore Store { get; init; }

    public required IKeyProtector Protector { get; init; }

    public required AuditKey AuditKey { get; init; }

    /// <summary>Names this node's chain in the audit log. Two nodes of one name share the chain, correctly and in turn.</summary>
    public NodeId Node { get; init; } = NodeId.Parse("tumbler");

    public required AuditProofs Proofs { get; init; }

    /// <summary>Keys API-key hashes and seals receipts; at least 32 bytes. Changing it makes every API key unknown.</summary>
    public required ReadOnlyMemory<byte> HashKey { get; init; }

    /// <summary>The default ring's issuer, without a slash at the end. Changing it invalidates every token.</summary>
    public required string Issuer { get; init; }

    /// <summary>Not a fast one: it times what this process asks of others.</summary>
    public TimeProvider MachineClock { get; init; } = TimeProvider.System;

    /// <summary>How far that one is from the store's. Whoever corrects the product's clock by it gives the same here.</summary>
    public StoreClock StoreClock { get; init; } = new();

    /// <summary>What a token lives unless its ring or its key allows less.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>By how much the clocks of who issues and who verifies a token here may differ.</summary>
    public TimeSpan TokenSkew { get; init; } = AccessTokenExpectations.DefaultSkew;

    /// <summary>Which addresses registered clients may name for their keys.</summary>
    public KeyAddresses KeyAddresses { get; init; } = new(PlainHttp: false, AddressList.Empty);

    /// <summary>Gets what is published at such an address; null when it can't, after it said so in the log.</summary>
    public Func<Uri, Task<byte[]?>> FetchKeys { get; init; } = _ => Task.FromResult<byte[]?>(null);

    /// <summary>Who signs the certificates of clients, at the moment.</summary>
    public Func<X509Certificate2Collection> ClientAuthorities { get; init; } = () => [];

    /// <summary>How often authentication may fail from one address, on this node, before the answers change; null for any number of
    /// times.</summary>
    public QuotaRule? FailedAttempts { get; init; } = new(60, TimeSpan.FromMinutes(1));

    /// <summary>What is left of the time before tokens.</summary>
    public SharedKeySetup SharedKeys { get; init; } = SharedKeySetup.None;

    /// <summary>Rings whose policy stands in the configuration.</summary>
    public FrozenDictionary<RingId, PutRing> Rings { get; init; } = FrozenDictionary<RingId, PutRing>.Empty;
}
