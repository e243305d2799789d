using Tumbler.Core.Revocations;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Revocations;

/// <summary>Everything withdrawn that tokens may still rest on, in this node's memory.</summary>
public sealed class LiveRevocations(TimeProvider clock)
{
    private volatile LiveFeed now = new(RevocationFeed.Empty, 0);

    public LiveFeed Now => now;

    /// <summary>From one thread at a time. News may come twice, and in part.</summary>
    public void Learn(RevocationNews news)
    {
        var before = now;
        var start = news.Whole ? RevocationFeed.Empty : before.Feed;
        var feed = news.Whole || news.Entries.Count > 0 || news.Last > start.Last ? start.With(news.Entries, news.Last) : start;
        feed = feed.Without(clock.Now());
        if (feed == before.Feed)
            return;
        now = new LiveFeed(feed, news.Whole ? before.Reading + 1 : before.Reading);
        before.End();
    }
}
