using System.Collections.Concurrent;

namespace Tumbler.Stories.Tests.Guarding;

/// <summary>What was withdrawn and when, and so what a guard must do with a token.</summary>
internal sealed class Ledger(TimeProvider clock)
{
    /// <summary>The guard's, and what clocks in three processes are apart when a second lasts an hour.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30 + 90);

    /// <summary>Half a second of the machine's time. How soon it is on a clock that everybody has, another test shows.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<string, Withdrawal> withdrawals = [];

    /// <param name="subject">A token, its <c>kid</c>, or its client's id.</param>
    public async Task Withdraw(string subject, Func<Task> withdraw)
    {
        var asked = clock.GetUtcNow();
        withdrawals[subject] = new Withdrawal(asked, null);
        await withdraw();
        withdrawals[subject] = new Withdrawal(asked, clock.GetUtcNow());
    }

    /// <param name="before">When the request was sent.</param>
    /// <param name="after">When the answer had come.</param>
    public Expectation Of(Held held, DateTimeOffset before, DateTimeOffset after)
    {
        var (begin, end) = (DateTimeOffset.FromUnixTimeSeconds(held.Token.IssuedAt), DateTimeOffset.FromUnixTimeSeconds(held.Token.ExpiresAt));
        var withdrawn = ((string[])[held.Token.Text, held.Token.Kid, held.Client])
            .Select(subject => withdrawals.GetValueOrDefault(subject)).OfType<Withdrawal>().ToArray();
        if (before >= end + Tolerance || withdrawn.Any(each => before >= each.Answered + Grace))
            return Expectation.Refused;
        return before >= begin && after < end - Tolerance && withdrawn.All(each => after < each.Asked)
            ? Expectation.Accepted
            : Expectation.Either;
    }

    /// <summary>Whether it was withdrawn, or is about to be.</summary>
    public bool IsWithdrawn(Held held) =>
        withdrawals.ContainsKey(held.Token.Text) || withdrawals.ContainsKey(held.Token.Kid) || withdrawals.ContainsKey(held.Client);
}
