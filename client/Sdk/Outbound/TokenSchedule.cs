namespace Tumbler.Client.Outbound;

/// <summary>When tokens are fetched. Chance, from 0 to 1, keeps clients that began together from coming together.</summary>
internal static class TokenSchedule
{
    /// <summary>Where the issuer does not say how long a token is good, which RFC 6749 §5.1 only recommends. A 401 corrects it.</summary>
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(5);

    /// <summary>Of longer ones there is little use, and sums stay small.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>For the way from here to whoever checks it.</summary>
    private static readonly TimeSpan Way = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>What a server may ask for by <c>Retry-After</c>. A slip of its must not silence a client for a day.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    /// <param name="asked">When the request was sent: the token is no older than that.</param>
    public static AccessToken Plan(string text, TimeSpan? lifetime, TimeSpan asked, double chance)
    {
        var life = Min(lifetime ?? Unsaid, Longest);
        return new AccessToken(text, asked + life * (0.7 + 0.1 * chance), asked + life - Min(life / 10, Way));
    }

    /// <summary>How long nobody asks after <paramref name="failures"/> in a row.</summary>
    public static TimeSpan Pause(int failures, TimeSpan? retryAfter, double chance)
    {
        var pause = Min(FirstPause * Math.Pow(2, Math.Min(failures - 1, 16)), LongestPause) * (0.5 + 0.5 * chance);
        return retryAfter is { } asked && Min(asked, LongestAsked) is var wait && wait > pause ? wait * (1 + 0.1 * chance) : pause;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
