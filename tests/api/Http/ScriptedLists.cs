using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Revocations;
using Tumbler.Engine.Revocations;
using Tumbler.Engine.Store;

namespace Tumbler.Api.Tests.Http;

/// <summary>Real news, and lists that say what they are about instead of being signed. Has the ring <c>default</c>.</summary>
internal sealed class ScriptedLists : IRevocationLists
{
    private readonly LiveRevocations live = new(TimeProvider.System);

    public LiveFeed Now => live.Now;

    /// <summary>So many answers say that no key can sign.</summary>
    public int Unsigned { get; set; }

    public ValueTask<Result<SignedList>> Get(RingId ring, long? since)
    {
        if (ring != RingId.Default)
            return new(Refusal.NotFound("ring", ring.Value));
        if (Unsigned > 0)
        {
            Unsigned--;
            return new(new Refusal(ErrorCode.Unavailable, "No key can sign the list at the moment. Try again."));
        }

        var from = since <= Now.Feed.Last ? since : null;
        var ids = Now.Feed.Since(from ?? 0).Where(entry => entry.Subject.Concerns(ring)).Select(entry => entry.Subject.Id);
        return new(new SignedList(Now.Feed.Last, from, string.Join('.', ids.Prepend("list"))));
    }

    public bool HasNews(RingId ring, long since) => Now.Feed.Since(since).Any(entry => entry.Subject.Concerns(ring));

    /// <summary>The next number.</summary>
    public void Revoke(string id, RingId? ring = null)
    {
        var number = Now.Feed.Last + 1;
        var subject = new RevocationSubject(RevocationKind.Token, id, ring ?? RingId.Default);
        live.Learn(new RevocationNews(false, number, [new FeedEntry(number, new Revocation(subject, DateTimeOffset.MaxValue))]));
    }

    /// <summary>The store has been asked for everything.</summary>
    public void Reread() => live.Learn(new RevocationNews(true, Now.Feed.Last, [.. Now.Feed.Since(0)]));
}
