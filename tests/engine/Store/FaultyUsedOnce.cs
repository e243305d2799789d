using Tumbler.Engine.Store;

namespace Tumbler.Engine.Tests.Store;

/// <summary>The real thing, unless it is away.</summary>
internal sealed class FaultyUsedOnce(IUsedOnce used) : IUsedOnce
{
    public bool Away { get; set; }

    public ValueTask<bool> TryUse(string hash, DateTimeOffset until, DateTimeOffset now, CancellationToken stop) =>
        Away ? throw new StoreUnavailableException("The store is away.") : used.TryUse(hash, until, now, stop);
}
