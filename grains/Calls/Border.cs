using Orleans.Runtime;
using Tumbler.Contracts.Calls;
using Tumbler.Engine;
using Tumbler.Engine.Store;

namespace Tumbler.Grains.Calls;

/// <summary>What goes wrong between silos becomes a refusal: exceptions of ours do not cross the border, and those of the
/// cluster do not reach the edge.</summary>
internal static class Border
{
    /// <summary>An owner that lives answers sooner, or is making keys that this silo makes as fast.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>On the owner's side.</summary>
    public static async Task<Result<T>> Answer<T>(Func<Task<Result<T>>> answer)
    {
        try
        {
            return await answer();
        }
        catch (StoreUnavailableException)
        {
            return new Refusal(ErrorCode.Unavailable, "The store does not answer; it is not known whether the change was made. Try again.");
        }
    }

    /// <summary>On the caller's side.</summary>
    public static async Task<Result<T>> Ask<T>(Func<Task<Result<T>>> ask)
    {
        try
        {
            return await ask().WaitAsync(Patience, TimeProvider.System);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException or ObjectDisposedException)
        {
            return new Refusal(ErrorCode.Unavailable, "The silo that owns it did not answer. Try again.");
        }
    }

    /// <summary>A change by the owner; if that one can't, or nobody knows whether it did, by this silo. The key makes the second
    /// attempt find the first one, whatever became of it, and the store takes one of two.</summary>
    public static async Task<Result<T>> Change<T>(
        CallContext call, Func<CallContext, Task<Result<T>>> owner, Func<CallContext, Task<Result<T>>> here)
    {
        var keyed = call.IdempotencyKey is null ? call with { IdempotencyKey = Chance.Uuid().ToString(), KeyIsBrief = true } : call;
        var answer = await Ask(() => owner(keyed));
        return answer.Refusal is { Code: ErrorCode.Unavailable } ? await Answer(() => here(keyed)) : answer;
    }
}
