using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;

namespace Tumbler.Engine.Revocations;

/// <summary>The kill lists of rings, signed, as verifiers follow them.</summary>
public interface IRevocationLists
{
    /// <summary>What tells when there is something new.</summary>
    LiveFeed Now { get; }

    /// <param name="since">What the caller knows already; null, or a number that there never was: the whole list.</param>
    ValueTask<Result<SignedList>> Get(RingId ring, long? since);

    /// <summary>Whether a ring's list is another one than it was at that number.</summary>
    bool HasNews(RingId ring, long since);
}
