namespace Tumbler.Engine.Store;

/// <summary>The store could not be read. Answered with 503 at the edge; nothing has changed.</summary>
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException(string message) : base(message) { }

    public StoreUnavailableException(string message, Exception inner) : base(message, inner) { }
}
