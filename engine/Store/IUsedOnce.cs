namespace Tumbler.Engine.Store;

/// <summary>Remembers what may be used once, among all processes and across their restarts.</summary>
public interface IUsedOnce
{
    /// <summary>True for one caller alone, whoever else asks at the same moment. Durable when it answers.</summary>
    /// <param name="hash">What is used, in a form that says nothing about it; base64url of 32 bytes.</param>
    /// <param name="until">From then on it is refused for another reason, and may be forgotten.</param>
    /// <exception cref="StoreUnavailableException">It may be used up all the same.</exception>
    ValueTask<bool> TryUse(string hash, DateTimeOffset until, DateTimeOffset now, CancellationToken stop);
}
