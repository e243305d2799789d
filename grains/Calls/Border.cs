using Orleans.Runtime;
using Tumbler.Contracts.Calls;
using Tumbler.Engine.Store;

namespace Tumbler.Grains.Calls;

/// <summary>What goes wrong between silos becomes a refusal: exceptions of ours do not cross the border, and those of the
/// cluster do not reach the edge.</summary>
internal static class Border
{
    /// <summary>On the owner's side.</summary>
    public static async Task<Result<T>> Answer<T>(Func<Task<Result<T>>> answer)
    {
        try
        {
            return await answer();
        }
        catch (StoreUnavailableException)
        {
            return new Refusal(ErrorCode.Unavailable, "The store does not answer; nothing was changed.");
        }
    }

    /// <summary>On the caller's side. Whether the owner did what it was asked is not known when it did not answer; with an
    /// <c>Idempotency-Key</c> it is safe to ask again.</summary>
    public static async Task<Result<T>> Ask<T>(Func<Task<Result<T>>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is TimeoutException or OrleansException or ObjectDisposedException)
        {
            return new Refusal(ErrorCode.Unavailable, "The silo that owns it did not answer; it may or may not be done. Try again.");
        }
    }
}
