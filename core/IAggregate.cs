using System.Collections.Immutable;
using Tumbler.Core.Audit;
using Tumbler.Core.Idempotency;

namespace Tumbler.Core;

/// <summary>A state that is changed as a whole, in one commit with its audit entries.</summary>
public interface IAggregate<TSelf> where TSelf : IAggregate<TSelf>
{
    /// <summary>The audit chain that records its changes: <c>ring:default</c>, <c>org:acme</c>.</summary>
    string Chain { get; }

    /// <summary>The end of that chain. Part of the state, so that a lost tail shows.</summary>
    AuditHead AuditHead { get; }

    ImmutableArray<Receipt> Receipts { get; }

    TSelf With(AuditHead head, ImmutableArray<Receipt> receipts);
}
