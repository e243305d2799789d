using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Limits;

namespace Tumbler.Engine.Limits;

/// <summary>Where this silo asks for leases.</summary>
internal sealed partial class LeaseDesk(IQuotaOwners owners, TimeProvider clock, ILogger log)
{
    /// <summary>One owner's silo has many quotas; a line for each would say no more.</summary>
    private static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private TimeSpan? said;
    private long turn;

    public TimeSpan Now => clock.GetElapsedTime(0);

    public string Here => owners.Here;

    public int Silos => owners.Silos;

    public long NextTurn() => Interlocked.Increment(ref turn);

    /// <returns>Null when the owner did not answer.</returns>
    public async ValueTask<QuotaLease?> Ask(QuotaId id, QuotaAsk ask)
    {
        var lease = await owners.Ask(id, ask);
        if (lease is null && IsTimeToSay())
            LogAlone(id, Math.Max(1, ask.Rule.Limit / Math.Max(1, Silos)), ask.Rule.Limit);
        return lease;
    }

    private bool IsTimeToSay()
    {
        var now = Now;
        lock (gate)
        {
            if (now - said < BetweenLines)
                return false;
            said = now;
            return true;
        }
    }

    [LoggerMessage(LogLevel.Warning,
        "The owner of quota {Quota} does not answer; until it does, this silo lets through its fair share, {Share} of {Limit}. So with others that the same silo owned")]
    private partial void LogAlone(QuotaId quota, int share, int limit);
}
