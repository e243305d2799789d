using Tumbler.Client.Keys;
using Tumbler.Client.Net;
using Tumbler.Client.Tokens;

namespace Tumbler.Client.Revocations;

/// <summary>The kill list as it was heard of last. Reading it takes no lock; lists are put in one after the other.</summary>
internal sealed class LiveKillList(Expectations expected, TimeSpan staleLimit, KeyCache keys, TimeProvider clock, TimeProvider machineClock) : IDisposable
{
    private readonly SemaphoreSlim putting = new(1);
    private volatile Heard? heard;

    /// <summary>Null before the first list.</summary>
    public KillList? Last => heard?.List;

    /// <summary>Null when nothing was heard for too long, or ever.</summary>
    public KillList? Current(DateTimeOffset now) => heard is { } last && now - last.At <= staleLimit ? last.List : null;

    /// <summary>How long ago a list came; null for never.</summary>
    public TimeSpan? Age(DateTimeOffset now) => now - heard?.At;

    /// <returns>False when a change is missing in between, and the whole list is to be asked for.</returns>
    /// <exception cref="FetchException">It is not to be believed.</exception>
    public async Task<bool> Put(ReadOnlyMemory<byte> jwt, CancellationToken stop)
    {
        await putting.WaitAsync(stop);
        try
        {
            var document = await Verify(jwt, stop);
            var (known, now) = (Last, clock.GetUtcNow());
            if (document.Since is { } since && (known is null || since > known.Number))
                return false;
            var inOrder = document.Number >= (known?.Number ?? 0);
            known ??= KillList.Empty;
            var next = known.With(document, now);
            heard = new Heard(next, now);

            // Its successor signs already, and the callers' next tokens are by that.
            if (known.LacksKeyOf(next))
                _ = keys.Fetch(FetchReason.KillList);
            return inOrder || document.Since is null;
        }
        finally
        {
            putting.Release();
        }
    }

    public void Dispose() => putting.Dispose();

    private async Task<KillListDocument> Verify(ReadOnlyMemory<byte> jwt, CancellationToken stop)
    {
        for (var again = false; ; again = true)
        {
            var (asked, now) = (machineClock.GetTimestamp(), clock.GetUtcNow());
            if (keys.Current(now) is { } current)
            {
                var fault = KillListVerifier.Verify(jwt.Span, current, Last ?? KillList.Empty, expected, now, out var document, out var problem);
                if (fault == TokenFault.None)
                    return document!;
                if (again || fault != TokenFault.UnknownKey)
                    throw FetchException.Refused($"A kill list is refused. {problem}");
            }
            else if (again)
            {
                throw new FetchException("A kill list can't be verified: there are no keys.");
            }

            await keys.Fetch(FetchReason.KillList, asked).WaitAsync(stop);
        }
    }

    private sealed record Heard(KillList List, DateTimeOffset At);
}
