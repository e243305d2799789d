using System.Collections.Concurrent;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Revocations;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Engine.Revocations;

/// <summary>Signs kill lists, each once for all who want the same.</summary>
public sealed class RevocationLists(LiveRevocations live, RingSnapshots rings, TimeProvider clock) : IRevocationLists
{
    /// <summary>How long a list is believed. Who has heard nothing for so long does not know what is revoked.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromMinutes(5);

    /// <summary>Then it is signed anew, whatever is in it: who asks more often never has one that is about to end.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>Lists that are kept: those that somebody follows.</summary>
    private const int MostKept = 1_000;

    private readonly ConcurrentDictionary<(RingId Ring, long? Since), Kept> kept = [];

    public LiveFeed Now => live.Now;

    public bool HasNews(RingId ring, long since) => live.Now.Feed.LastOf(ring) > since;

    public async ValueTask<Result<SignedList>> Get(RingId ring, long? since)
    {
        if (await rings.Find(ring) is not { } snapshot)
            return Refusal.NotFound("ring", ring.Value);

        // First the feed: it may know that a key is revoked before its ring says so.
        var (moment, now) = (live.Now, clock.Now());
        if (snapshot.At(now).Signer is not { } signer
            || moment.Feed.Has(new RevocationSubject(RevocationKind.Key, signer.Kid.ToString(), ring)))
        {
            return new Refusal(ErrorCode.Unavailable, "No key can sign the list at the moment. Try again.");
        }

        // All numbers between two entries of the ring are the same to it: nobody makes us sign by making up numbers.
        var from = since <= moment.Feed.Last ? moment.Feed.LastOf(ring, since.Value) : (long?)null;
        return Find(ring, from, moment, signer, now) ?? Keep(ring, Sign(snapshot, from, moment, signer, now), moment, signer, now);
    }

    /// <summary>Null when it would be another one now.</summary>
    private SignedList? Find(RingId ring, long? since, LiveFeed moment, Signer signer, DateTimeOffset now) =>
        kept.TryGetValue((ring, since), out var known)
        && known.Reading == moment.Reading
        && known.Kid == signer.Kid
        && known.SignedAt <= now && now < known.SignedAt + Fresh
        && moment.Feed.LastOf(ring) <= known.List.Number
            ? known.List
            : null;

    private SignedList Keep(RingId ring, SignedList list, LiveFeed moment, Signer signer, DateTimeOffset now)
    {
        if (kept.Count >= MostKept)
            kept.Clear();
        kept[(ring, list.Since)] = new Kept(list, moment.Reading, signer.Kid, now);
        return list;
    }

    private static SignedList Sign(RingSnapshot ring, long? since, LiveFeed moment, Signer signer, DateTimeOffset now)
    {
        var feed = moment.Feed;
        FeedEntry[] entries = [.. feed.Since(ring.Id, since ?? 0)];
        var claims = RevocationList.Write(ring.Issuer, feed.Last, since, entries, now, now + Believed);
        return new SignedList(feed.Last, since, signer.Sign(RevocationList.Type, claims.Span));
    }

    private sealed record Kept(SignedList List, int Reading, Kid Kid, DateTimeOffset SignedAt);
}
