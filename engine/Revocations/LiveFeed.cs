using Tumbler.Core.Revocations;

namespace Tumbler.Engine.Revocations;

/// <summary>The feed of revocations as this node knows it between two pieces of news.</summary>
/// <param name="reading">Another one begins when the feed was read as a whole: numbers of the one before may be about something
/// else, when the store lost what it had said.</param>
public sealed class LiveFeed(RevocationFeed feed, int reading)
{
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RevocationFeed Feed => feed;

    public int Reading => reading;

    /// <summary>Completed when there is another one.</summary>
    public Task Over => over.Task;

    internal void End() => over.SetResult();
}
