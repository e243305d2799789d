using Tumbler.Contracts.Limits;

namespace Tumbler.Engine.Limits;

/// <summary>The way to those who keep the ledgers.</summary>
public interface IQuotaOwners
{
    /// <summary>This silo, in this life of its process.</summary>
    string Here { get; }

    /// <summary>Those known to be alive, with this one.</summary>
    int Silos { get; }

    /// <returns>Null when the owner does not answer in time. An answer after that must be dropped.</returns>
    ValueTask<QuotaLease?> Ask(QuotaId id, QuotaAsk ask);
}
