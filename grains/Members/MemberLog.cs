using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Tumbler.Grains.Members;

/// <summary>Who comes and who goes, a line each.</summary>
internal sealed partial class MemberLog(ISiloStatusOracle members, ILogger<MemberLog> log) : IHostedService, ISiloStatusListener
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        members.SubscribeToSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        members.UnSubscribeFromSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        var name = members.TryGetSiloName(updatedSilo, out var known) ? known : "?";
        if (status == SiloStatus.Active)
            LogActive(name, updatedSilo);
        else if (status is SiloStatus.ShuttingDown or SiloStatus.Stopping)
            LogLeaving(name, updatedSilo);
        else if (status == SiloStatus.Dead)
            LogGone(name, updatedSilo);
    }

    [LoggerMessage(LogLevel.Information, "Silo {Silo} at {Address} is a member")]
    private partial void LogActive(string silo, SiloAddress address);

    [LoggerMessage(LogLevel.Information, "Silo {Silo} at {Address} is leaving")]
    private partial void LogLeaving(string silo, SiloAddress address);

    [LoggerMessage(LogLevel.Warning, "Silo {Silo} at {Address} is gone")]
    private partial void LogGone(string silo, SiloAddress address);
}
